// What the error codes of SQLite and of the file system mean for a person: the disk is full, the folder cannot be
// written, the file is damaged. An error with no meaning for people (a broken constraint, wrong SQL) is a defect of ours
// and is passed on as it is.
import Database from 'better-sqlite3'
import { Failure } from '#shared/failure.ts'

/** SQLite's code without its extension ('SQLITE_IOERR' for 'SQLITE_IOERR_WRITE'), Node's as it is ('ENOSPC'), else ''. */
export function primaryCode(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code.split('_').slice(0, 2).join('_')
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export function isDamage(error: unknown): boolean {
  return ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(primaryCode(error))
}

/** A Failure with a sentence where the user can do something about it; the error itself otherwise. */
export function explainStorageError(error: unknown, file: string): unknown {
  const explain = EXPLANATIONS[primaryCode(error)]
  return explain === undefined ? error : explain(file, error)
}

export function damagedHistory(file: string, problem: string): Failure {
  return new Failure(
    'invalid-file',
    `The run history ${file} is damaged (${problem}). ` +
      'Start Atelier again: it keeps the damaged file aside and restores the newest good backup.',
  )
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

type Explanation = (file: string, cause: unknown) => Failure

const diskFull: Explanation = (file, cause) =>
  new Failure(
    'unavailable',
    `The disk that holds ${file} is full, so the last change was not stored; everything before it is safe. ` +
      'Free some space and try again.',
    { cause },
  )

const notWritable: Explanation = (file, cause) =>
  new Failure(
    'unavailable',
    `The file ${file} cannot be written: it or its folder is read-only. ` +
      'Make the folder writable or choose another one with --home.',
    { cause },
  )

const notOpened: Explanation = (file, cause) =>
  new Failure(
    'unavailable',
    `The file ${file} cannot be opened. ` +
      'Check that its folder exists and may be read and written, or choose another one with --home.',
    { cause },
  )

const diskError: Explanation = (file, cause) =>
  new Failure(
    'unavailable',
    `The disk reported an error at ${file} (${describeError(cause)}), so the last change was not stored. ` +
      'Check the disk, then try again.',
    { cause },
  )

const inUse: Explanation = (file, cause) =>
  new Failure('conflict', `Another program is using ${file}. Close it and try again.`, { cause })

const damaged: Explanation = (file, cause) => damagedHistory(file, describeError(cause))

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  SQLITE_FULL: diskFull,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  SQLITE_READONLY: notWritable,
  EROFS: notWritable,
  EACCES: notWritable,
  EPERM: notWritable,
  SQLITE_CANTOPEN: notOpened,
  SQLITE_IOERR: diskError,
  EIO: diskError,
  SQLITE_BUSY: inUse,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
}
