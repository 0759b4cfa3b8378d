// Opens the history beside its owner, to read what is committed. It recovers and migrates nothing: whatever needs that
// is refused with the advice to start the owner once.
import { Failure } from '#shared/failure.ts'
import { openConnection } from './connection.ts'
import { type StoreDatabase, buildDatabase } from './database.ts'
import { type Inspection, inspectHistory } from './inspection.ts'
import { type Migrations, newestSchemaOf } from './migrate.ts'
import { historyFile } from './open-history.ts'
import { damagedHistory } from './storage-failure.ts'

export interface ReadableHistory {
  readonly database: StoreDatabase
  readonly close: () => void
}

/** @throws Failure 'not-found' when there is no history, 'invalid-file' when damaged or newer, 'conflict' when older */
export function openHistoryForReading(directory: string, migrations: Migrations): ReadableHistory {
  const file = historyFile(directory)
  const newestSchema = newestSchemaOf(migrations)
  requireReadable(file, directory, inspectHistory(file, newestSchema, false), newestSchema)
  const connection = openConnection(file, 'read')
  return { database: buildDatabase(connection, () => undefined), close: () => void connection.close() }
}

function requireReadable(file: string, directory: string, found: Inspection, newestSchema: number): void {
  if (found.state === 'absent') {
    throw new Failure('not-found', `There is no run history in ${directory} yet. Train something first.`)
  }
  if (found.state === 'damaged') throw damagedHistory(file, found.problem)
  if (found.schemaVersion === newestSchema) return
  throw new Failure(
    'conflict',
    `The run history ${file} was written by an older Atelier. Start Atelier once on ${directory} to bring it up to date.`,
  )
}
