// Brings a history to the newest schema with kysely's Migrator. All pending migrations and the schema version commit
// together, so that a crash leaves the old schema or the new one.
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as runHistory from './migrations/0001-run-history.ts'
import * as workbench from './migrations/0002-workbench.ts'
import * as photos from './migrations/0004-photos.ts'
import * as marks from './migrations/0005-marks.ts'
import * as comparisons from './migrations/0006-comparisons.ts'
import * as adaptations from './migrations/0007-adaptations.ts'
import * as evaluatedEpochs from './migrations/0008-evaluated-epochs.ts'

/** Name to migration, in order; the number of a name is the schema version that it leads to. */
export type Migrations = Readonly<Record<string, Migration>>

export const MIGRATIONS: Migrations = {
  '0001-run-history': runHistory,
  '0002-workbench': workbench,
  '0004-photos': photos,
  '0005-marks': marks,
  '0006-comparisons': comparisons,
  '0007-adaptations': adaptations,
  '0008-evaluated-epochs': evaluatedEpochs,
}

export function newestSchemaOf(migrations: Migrations): number {
  return Object.keys(migrations).length
}

export async function migrate<T>(database: Kysely<T>, migrations: Migrations): Promise<void> {
  const numbered = Object.entries(migrations).map(
    ([name, migration], index) => [name, withSchemaVersion(migration, index + 1)] as const,
  )
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(numbered)) }
  const { error } = await new Migrator({ db: database, provider }).migrateToLatest()
  if (error instanceof Error) throw error
  if (error !== undefined) throw new Error('The run history could not be migrated.', { cause: error })
}

function withSchemaVersion(migration: Migration, version: number): Migration {
  return {
    async up(database) {
      await migration.up(database)
      await sql.raw(`pragma user_version = ${version}`).execute(database)
    },
  }
}
