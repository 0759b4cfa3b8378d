// Opens the history file for writing, whatever state it is in: new, older, left by a crash, damaged or lost.
// The order matters: inspect without changing, recover, back up before a migration, migrate.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups, writeBackup } from './backups.ts'
import { forgetCleanClose, hasCleanCloseNote, noteCleanClose, wasClosedCleanly } from './clean-close.ts'
import { type Connection, openConnection } from './connection.ts'
import { type StoreDatabase, buildDatabase } from './database.ts'
import { APPLICATION_ID, type Inspection, inspectHistory } from './inspection.ts'
import { makeFolder } from './make-folder.ts'
import { type Migrations, migrate, newestSchemaOf } from './migrate.ts'
import { type Recovery, recoverHistory } from './recovery.ts'
import { explainStorageError } from './storage-failure.ts'

export interface OpenHistory {
  readonly file: string
  readonly database: StoreDatabase
  readonly recovery: Recovery | null
  readonly close: () => void
}

/** @throws Failure when the file is not ours, is newer than `migrations`, or cannot be written */
export async function openHistory(directory: string, migrations: Migrations): Promise<OpenHistory> {
  const file = historyFile(directory)
  makeFolder(directory)
  try {
    const recovery = prepareFile(directory, file, newestSchemaOf(migrations))
    await backUpBeforeMigration(directory, file, newestSchemaOf(migrations))
    return { file, recovery, ...(await openMigrated(file, migrations)) }
  } catch (error) {
    throw explainStorageError(error, file)
  }
}

/** Afterwards the file is sound, or not there yet. */
function prepareFile(directory: string, file: string, newestSchema: number): Recovery | null {
  const found = inspectHistory(file, newestSchema, !wasClosedCleanly(file))
  const problem = wasNeverBegun(file, directory) ? null : findProblem(found, directory)
  const recovery = problem === null ? null : recoverHistory(file, problem, newestSchema)
  forgetCleanClose(file)
  return recovery
}

async function backUpBeforeMigration(directory: string, file: string, newestSchema: number): Promise<void> {
  const found = inspectHistory(file, newestSchema, false)
  if (found.state === 'sound' && found.schemaVersion > 0 && found.schemaVersion < newestSchema) {
    await writeBackup(file, directory)
  }
}

export function historyFile(directory: string): string {
  return join(directory, 'atelier.db')
}

/** A process that dies while it makes the first history leaves a file of no bytes, and nothing was in it. */
function wasNeverBegun(file: string, directory: string): boolean {
  return (
    existsSync(file) &&
    statSync(file).size === 0 &&
    !hasCleanCloseNote(file) &&
    listBackups(directory).length === 0
  )
}

/** A history that is gone while its backups are there was lost, not never begun. */
function findProblem(found: Inspection, directory: string): string | null {
  if (found.state === 'damaged') return found.problem
  return found.state === 'absent' && listBackups(directory).length > 0 ? 'the file is missing' : null
}

async function openMigrated(
  file: string,
  migrations: Migrations,
): Promise<Pick<OpenHistory, 'database' | 'close'>> {
  const connection = openConnection(file, 'write')
  let metDamage = false
  const database = buildDatabase(connection, () => (metDamage = true))
  try {
    claim(connection)
    await migrate(database, migrations)
  } catch (error) {
    connection.close()
    throw error
  }
  return { database, close: () => closeHistory(connection, metDamage) }
}

/** Without the note the next start checks the whole file, which is right after a query that met a damaged page. */
function closeHistory(connection: Connection, metDamage: boolean): void {
  if (!connection.open) return
  connection.close()
  if (!metDamage) noteCleanClose(connection.name)
}

/** Marks a new file as ours before the first table is made. */
function claim(connection: Connection): void {
  if (connection.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    connection.pragma(`application_id = ${APPLICATION_ID}`)
  }
}
