// Comparisons that are kept. A deleted one stays for a while, so that it can be restored.
import type { Selectable } from 'kysely'
import { Failure } from '#shared/failure.ts'
import {
  type ComparisonChanges,
  type ComparisonDraft,
  type SavedComparison,
  savedComparisonSchema,
} from '#shared/saved-comparison.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'
import { newRunId } from './run-id.ts'
import type { ComparisonsTable } from './schema.ts'

type ComparisonRow = Selectable<ComparisonsTable>

/** Newest first; a record that cannot be read does not hide the others. */
export async function listComparisons(database: StoreDatabase): Promise<readonly SavedComparison[]> {
  const rows = await database
    .selectFrom('comparisons')
    .selectAll()
    .where('deletedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.flatMap((row) => readRow(row) ?? [])
}

export async function saveComparison(
  database: StoreDatabase,
  draft: ComparisonDraft,
): Promise<SavedComparison> {
  const { name, notes, runIds, baseline, view } = draft
  const now = new Date().toISOString()
  const row = {
    ...{ id: newRunId(), name, notes, baseline, createdAt: now, changedAt: now, deletedAt: null },
    runIds: JSON.stringify(runIds),
    view: JSON.stringify(view),
  }
  await database.insertInto('comparisons').values(row).execute()
  return findComparison(database, row.id)
}

/**
 * Only what is given is written, so that two changes at once lose nothing of each other.
 * @throws Failure 'not-found', 'conflict' for a deleted one
 */
export async function changeComparison(
  database: StoreDatabase,
  id: string,
  changes: ComparisonChanges,
): Promise<SavedComparison> {
  const { name, notes, runIds, baseline, view } = changes
  await findComparison(database, id)
  await database
    .updateTable('comparisons')
    .set((stored) => ({
      name: name ?? stored.ref('name'),
      notes: notes ?? stored.ref('notes'),
      runIds: runIds === undefined ? stored.ref('runIds') : JSON.stringify(runIds),
      baseline: baseline === undefined ? stored.ref('baseline') : baseline,
      view: view === undefined ? stored.ref('view') : JSON.stringify(view),
      changedAt: new Date().toISOString(),
    }))
    .where('id', '=', id)
    .execute()
  return findComparison(database, id)
}

/** @throws Failure 'not-found', 'conflict' when it is deleted already */
export async function deleteComparison(database: StoreDatabase, id: string): Promise<void> {
  await findComparison(database, id)
  await setDeleted(database, id, new Date().toISOString())
}

/** @throws Failure 'not-found' when it never was, or is gone for good */
export async function restoreComparison(database: StoreDatabase, id: string): Promise<SavedComparison> {
  await setDeleted(database, id, null)
  return findComparison(database, id)
}

/** Removes for good what was deleted before `time` (ISO). */
export async function purgeDeletedComparisons(database: StoreDatabase, time: string): Promise<void> {
  await database.deleteFrom('comparisons').where('deletedAt', '<', time).execute()
}

async function setDeleted(database: StoreDatabase, id: string, deletedAt: string | null): Promise<void> {
  await database.updateTable('comparisons').set({ deletedAt }).where('id', '=', id).execute()
}

async function findComparison(database: StoreDatabase, id: string): Promise<SavedComparison> {
  const row = await database.selectFrom('comparisons').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) {
    throw new Failure('not-found', `There is no saved comparison '${id}'. It may have been deleted long ago.`)
  }
  if (row.deletedAt !== null) {
    throw new Failure('conflict', `The comparison ${row.name} is deleted. Restore it first.`)
  }
  const comparison = readRow(row)
  if (comparison !== null) return comparison
  throw new Failure(
    'invalid-file',
    `The record of the comparison ${row.name} cannot be read. A newer Atelier may have written it.`,
  )
}

function readRow(row: ComparisonRow): SavedComparison | null {
  const { id, name, notes, baseline, createdAt, changedAt } = row
  const lists = { runIds: decodeJson(row.runIds), view: decodeJson(row.view) }
  const record = { id, name, notes, baseline, createdAt, changedAt, ...lists }
  return savedComparisonSchema.safeParse(record).data ?? null
}
