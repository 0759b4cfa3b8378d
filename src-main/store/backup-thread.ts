// The whole script of the thread that makes a backup: copies the history as it is at one moment and checks the copy.
// On a large history both take seconds, in which the application must go on answering.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { describeFailure, Failure, type FailureRecord } from '#shared/failure.ts'
import { openConnection } from './connection.ts'
import { findDamage } from './inspection.ts'
import { explainStorageError } from './storage-failure.ts'

export interface BackupOrder {
  readonly historyFile: string
  /** A file that is not there yet. */
  readonly copy: string
}

/** Null when the copy is there and sound. */
export type BackupAnswer = FailureRecord | null

const PAGES_AT_ONCE = 10_000

const { historyFile, copy } = workerData as BackupOrder
try {
  await copyHistory()
  checkCopy()
  parentPort?.postMessage(null satisfies BackupAnswer)
} catch (error) {
  parentPort?.postMessage(describeFailure(explainStorageError(error, copy)) satisfies BackupAnswer)
}

/** The open read transaction holds the copy to one moment, however many epochs are stored while it is made. */
async function copyHistory(): Promise<void> {
  const source = openConnection(historyFile, 'read')
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await source.backup(copy, { progress: () => PAGES_AT_ONCE })
  } finally {
    source.close()
  }
}

/** Leaves the copy as one file that needs no log beside it. */
function checkCopy(): void {
  const connection = new Database(copy, { fileMustExist: true })
  try {
    connection.pragma('journal_mode = delete')
    const damage = findDamage(connection)
    if (damage === null) return
    throw new Failure(
      'invalid-file',
      `The backup did not pass its check (${damage}) and was dropped; the earlier ones are kept. Restart Atelier: it checks the history itself.`,
    )
  } finally {
    connection.close()
  }
}
