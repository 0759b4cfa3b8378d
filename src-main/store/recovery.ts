// What happens to a damaged or lost history: the bad file is kept aside, the newest good backup takes its place, and
// the user is told what that means. Nothing is ever deleted here.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { listBackups, timeForFileName } from './backups.ts'
import { inspectHistory } from './inspection.ts'
import { syncFile, syncFolder } from './sync-to-disk.ts'

export interface Recovery {
  /** What was wrong with the file. */
  readonly problem: string
  /** Where the damaged file is now; null when there was none. */
  readonly keptAs: string | null
  /** The backup that is now the history; null when there was no good one and the history begins anew. */
  readonly restoredFrom: string | null
  /** All of this for the user. */
  readonly message: string
}

/** Replaces a history that cannot be used. `problem` completes the sentence 'The run history … was unusable (…)'. */
export function recoverHistory(file: string, problem: string, newestSchema: number): Recovery {
  const backups = listBackups(dirname(file))
  const restoredFrom = backups.find((backup) => isGood(backup, newestSchema)) ?? null
  const passedOver = restoredFrom === null ? backups.length : backups.indexOf(restoredFrom)
  const keptAs = keepAside(file)
  if (restoredFrom !== null) restore(restoredFrom, file)
  return { problem, keptAs, restoredFrom, message: describe(file, problem, keptAs, restoredFrom, passedOver) }
}

function isGood(backup: string, newestSchema: number): boolean {
  try {
    return inspectHistory(backup, newestSchema, true).state === 'sound'
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}

/** The log moves first: SQLite would apply a log that is left behind to whatever file comes next. */
function keepAside(file: string): string | null {
  const aside = `${file}.damaged-${timeForFileName()}`
  for (const suffix of ['-journal', '-wal']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  }
  rmSync(`${file}-shm`, { force: true })
  if (!existsSync(file)) return null
  renameSync(file, aside)
  return aside
}

function restore(backup: string, file: string): void {
  const arriving = `${file}.restoring`
  copyFileSync(backup, arriving)
  syncFile(arriving)
  renameSync(arriving, file)
  syncFolder(dirname(file))
}

function describe(
  file: string,
  problem: string,
  keptAs: string | null,
  restoredFrom: string | null,
  passedOver: number,
): string {
  const kept = keptAs === null ? '' : ` The damaged file is kept as ${keptAs}.`
  const skipped = passedOver === 0 ? '' : ` Backups that could not be used either: ${passedOver}.`
  const outcome =
    restoredFrom === null
      ? ' There was no good backup, so a new, empty history was begun.'
      : ` The backup ${restoredFrom} was restored: what was stored after it is missing.`
  return `The run history ${file} was unusable (${problem}).${kept}${skipped}${outcome}`
}
