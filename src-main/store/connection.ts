// One SQLite connection as the store wants it. Every pragma that durability rests on is set and read back, because
// SQLite ignores a pragma that it cannot honour (better-sqlite3's own default for WAL is synchronous NORMAL).
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Failure } from '#shared/failure.ts'
import { explainStorageError } from './storage-failure.ts'

export type Connection = Database.Database

/** Older ones can corrupt a WAL database that two connections use: https://sqlite.org/wal.html#the_wal_reset_bug */
const OLDEST_SQLITE = [3, 51, 3] as const

/** A finished epoch must survive a power cut (synchronous FULL = 2) and nothing in the file may run by itself. */
export const PRAGMAS = {
  busy_timeout: 5000,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
} as const

/**
 * Opens the history for use. A read-only connection sees what others commit and changes nothing.
 * @throws Failure when a pragma does not hold or the file cannot be opened
 */
export function openConnection(file: string, access: 'read' | 'write'): Connection {
  const options = { readonly: access === 'read', fileMustExist: access === 'read' }
  try {
    return connect(file, options, setPragmas)
  } catch (error) {
    throw explainStorageError(error, file)
  }
}

/**
 * Opens a file of which nothing is known yet, and does not change it. Only what a crash left in a rollback journal (it
 * has one while it becomes a WAL database) is undone, which a read-only connection cannot do.
 * @throws what SQLite throws
 */
export function openForInspection(file: string): Connection {
  const readonly = !existsSync(`${file}-journal`)
  return connect(file, { readonly, fileMustExist: true }, (connection) => {
    connection.pragma('trusted_schema = 0')
    connection.pragma('cell_size_check = 1')
  })
}

function connect(
  file: string,
  options: Database.Options,
  prepare: (connection: Connection) => void,
): Connection {
  const connection = new Database(file, options)
  try {
    requireSqliteVersion(connection)
    prepare(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function setPragmas(connection: Connection): void {
  for (const [pragma, wanted] of Object.entries(PRAGMAS)) {
    connection.pragma(`${pragma} = ${wanted}`)
    const found = connection.pragma(pragma, { simple: true })
    if (found !== wanted) throw pragmaRefused(connection.name, pragma, wanted, found)
  }
}

function pragmaRefused(file: string, pragma: string, wanted: string | number, found: unknown): Failure {
  return new Failure(
    'unavailable',
    `SQLite cannot keep ${file} safe: ${pragma} is ${String(found)} and must be ${wanted}. ` +
      'Network folders often cause this; choose a folder on a local disk with --home.',
  )
}

function requireSqliteVersion(connection: Connection): void {
  const version = String(connection.prepare('select sqlite_version()').pluck().get())
  if (compareVersions(version.split('.').map(Number), OLDEST_SQLITE) >= 0) return
  throw new Failure(
    'unavailable',
    `SQLite ${version} can damage a history; ${OLDEST_SQLITE.join('.')} or later is needed. Install better-sqlite3 13 or later.`,
  )
}

function compareVersions(version: readonly number[], other: readonly number[]): number {
  const differing = other.findIndex((part, index) => version[index] !== part)
  return differing < 0 ? 0 : (version[differing] ?? 0) - (other[differing] ?? 0)
}
