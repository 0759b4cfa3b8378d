// Backups of the history: `backups/atelier-0007-<time>.db`, the newest three. The number orders them, since a clock can
// be set back. Each is a consistent copy of one moment, and counts only after it was opened and checked.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Failure } from '#shared/failure.ts'
import type { BackupAnswer, BackupOrder } from './backup-thread.ts'
import { explainStorageError } from './storage-failure.ts'
import { syncFolder } from './sync-to-disk.ts'

const THREAD = new URL('./backup-thread.ts', import.meta.url)
const KEPT = 3
const NAME = /^atelier-(\d{4,})-.*\.db$/

/** Full paths, newest first. */
export function listBackups(directory: string): readonly string[] {
  const folder = backupFolder(directory)
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => NAME.test(name))
  return names.toSorted((a, b) => backupNumber(b) - backupNumber(a)).map((name) => join(folder, name))
}

/** When the newest backup was made, in ms since 1970; null when there is none. */
export function timeOfNewestBackup(directory: string): number | null {
  const [newest] = listBackups(directory)
  return newest === undefined ? null : statSync(newest).mtimeMs
}

/**
 * Copies the history as it is now, checks the copy and drops all but the newest three.
 * Training can go on storing meanwhile: the copy is of the moment at which it began.
 * @returns the path of the new backup
 */
export async function writeBackup(historyFile: string, directory: string): Promise<string> {
  const target = nextBackup(directory)
  const partial = `${target}.partial`
  try {
    removePartialBackups(directory)
    await copyAndCheck({ historyFile, copy: partial })
    renameSync(partial, target)
    syncFolder(backupFolder(directory))
  } catch (error) {
    rmSync(partial, { force: true })
    throw explainStorageError(error, partial)
  }
  for (const old of listBackups(directory).slice(KEPT)) rmSync(old, { force: true })
  return target
}

/** In a thread of its own. @throws Failure with what was wrong with the history or the copy */
async function copyAndCheck(order: BackupOrder): Promise<void> {
  const thread = new Worker(THREAD, { workerData: order, execArgv: [] })
  const answer = await new Promise<BackupAnswer>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`The thread of a backup ended with ${code}.`)))
  })
  if (answer !== null) throw new Failure(answer.code, answer.message)
}

function nextBackup(directory: string): string {
  mkdirSync(backupFolder(directory), { recursive: true })
  const [newest] = listBackups(directory)
  const number = newest === undefined ? 1 : backupNumber(newest) + 1
  return join(backupFolder(directory), `atelier-${String(number).padStart(4, '0')}-${timeForFileName()}.db`)
}

function removePartialBackups(directory: string): void {
  const folder = backupFolder(directory)
  for (const name of readdirSync(folder))
    if (name.includes('.partial')) rmSync(join(folder, name), { force: true })
}

function backupFolder(directory: string): string {
  return join(directory, 'backups')
}

function backupNumber(path: string): number {
  return Number(/atelier-(\d+)-[^/\\]*$/.exec(path)?.[1] ?? 0)
}

/** Such as 2026-11-22T13-05-09-123Z: no colons, which Windows refuses. */
export function timeForFileName(): string {
  return new Date().toISOString().replaceAll(/[:.]/g, '-')
}
