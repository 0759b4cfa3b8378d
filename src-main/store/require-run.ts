// The row of a run that a change is about to touch, or the sentence that says why it cannot be touched.
import type { Selectable } from 'kysely'
import { Failure } from '#shared/failure.ts'
import type { StoreDatabase } from './database.ts'
import type { RunsTable } from './schema.ts'

export type RunRow = Selectable<RunsTable>

/** @throws Failure 'not-found' */
export async function requireRun(database: StoreDatabase, id: string): Promise<RunRow> {
  const row = await database.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw noSuchRun(id)
  return row
}

/** @throws Failure 'not-found', or 'conflict' for a deleted run */
export async function requireKeptRun(database: StoreDatabase, id: string): Promise<RunRow> {
  const row = await requireRun(database, id)
  if (row.deletedAt === null) return row
  throw new Failure('conflict', `Run ${id} is deleted. Restore it first.`)
}

export function noSuchRun(idOrPrefix: string): Failure {
  return new Failure('not-found', `There is no run '${idOrPrefix}'. List the runs to see their ids.`)
}
