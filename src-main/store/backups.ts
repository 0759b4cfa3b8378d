// Backups of the history: `backups/atelier-0007-<time>.db`, the newest three. The number orders them, since a clock can
// be set back. Each is a consistent copy of one moment, and counts only after it was opened and checked.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '#shared/failure.ts'
import { openConnection } from './connection.ts'
import { findDamage } from './inspection.ts'
import { explainStorageError } from './storage-failure.ts'
import { syncFolder } from './sync-to-disk.ts'

const KEPT = 3
const NAME = /^atelier-(\d{4,})-.*\.db$/

/** Full paths, newest first. */
export function listBackups(directory: string): readonly string[] {
  const folder = backupFolder(directory)
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => NAME.test(name))
  return names.toSorted((a, b) => backupNumber(b) - backupNumber(a)).map((name) => join(folder, name))
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
    await copyHistory(historyFile, partial)
    checkCopy(partial)
    renameSync(partial, target)
    syncFolder(backupFolder(directory))
  } catch (error) {
    rmSync(partial, { force: true })
    throw explainStorageError(error, partial)
  }
  for (const old of listBackups(directory).slice(KEPT)) rmSync(old, { force: true })
  return target
}

/** The open read transaction holds the copy to one moment, however many epochs are stored while it is made. */
async function copyHistory(historyFile: string, partial: string): Promise<void> {
  const source = openConnection(historyFile, 'read')
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await source.backup(partial)
  } finally {
    source.close()
  }
}

/** Leaves the copy as one file that needs no log beside it. */
function checkCopy(partial: string): void {
  const copy = new Database(partial, { fileMustExist: true })
  try {
    copy.pragma('journal_mode = delete')
    const damage = findDamage(copy)
    if (damage === null) return
    throw new Failure(
      'invalid-file',
      `The backup did not pass its check (${damage}) and was dropped; the earlier ones are kept. Restart Atelier: it checks the history itself.`,
    )
  } finally {
    copy.close()
  }
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
