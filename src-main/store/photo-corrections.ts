// Labels that people give to photos, apart from what was predicted, and every change of them, to be taken back.
import { sql } from 'kysely'
import { Failure } from '#shared/failure.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'

/** SQLite takes at most 32,766 values in a statement. */
const ROWS_AT_ONCE = 5000

/**
 * Labels photos; null takes a label away. One change, however many photos.
 * @throws Failure 'not-found' when a photo is not in the batch; then none is changed
 */
export async function correctPhotos(
  database: StoreDatabase,
  batchId: string,
  numbers: readonly number[],
  label: string | null,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const change = (await newestChange(transaction, batchId)) + 1
    for (let from = 0; from < numbers.length; from += ROWS_AT_ONCE) {
      const some = [...new Set(numbers.slice(from, from + ROWS_AT_ONCE))]
      await requireAll(transaction, batchId, some)
      await keepBefore(transaction, batchId, change, some)
      await write(
        transaction,
        batchId,
        some.map((number) => ({ number, label })),
      )
    }
  })
}

/** @returns the numbers of the photos that have their former label again. @throws Failure 'not-found' for none */
export async function undoCorrection(database: StoreDatabase, batchId: string): Promise<number[]> {
  return database.transaction().execute(async (transaction) => {
    const change = await newestChange(transaction, batchId)
    const rows = await transaction
      .selectFrom('photoCorrectionChanges')
      .select(['number', 'before'])
      .where('batchId', '=', batchId)
      .where('change', '=', change)
      .execute()
    if (rows.length === 0)
      throw new Failure('not-found', 'No label was changed here that could be taken back.')
    await write(
      transaction,
      batchId,
      rows.map(({ number, before }) => ({ number, label: before })),
    )
    await transaction
      .deleteFrom('photoCorrectionChanges')
      .where('batchId', '=', batchId)
      .where('change', '=', change)
      .execute()
    return rows.map(({ number }) => number)
  })
}

/** Copies the labels of a batch to another with the same photos in it, by their paths. */
export async function copyCorrections(database: StoreDatabase, from: string, to: string): Promise<void> {
  await sql`
    insert or replace into photoCorrections (batchId, number, label)
    select ${to}, target.number, photoCorrections.label
    from photoCorrections
    join photos source on source.batchId = photoCorrections.batchId and source.number = photoCorrections.number
    join photos target on target.batchId = ${to} and target.path = source.path
    where photoCorrections.batchId = ${from}
  `.execute(database)
}

async function newestChange(transaction: StoreTransaction, batchId: string): Promise<number> {
  const { newest } = await transaction
    .selectFrom('photoCorrectionChanges')
    .select(sql<number>`coalesce(max(change), 0)`.as('newest'))
    .where('batchId', '=', batchId)
    .executeTakeFirstOrThrow()
  return newest
}

async function requireAll(
  transaction: StoreTransaction,
  batchId: string,
  numbers: readonly number[],
): Promise<void> {
  const { found } = await transaction
    .selectFrom('photos')
    .select(sql<number>`count(*)`.as('found'))
    .where('batchId', '=', batchId)
    .where('number', 'in', numbers)
    .executeTakeFirstOrThrow()
  if (found !== numbers.length)
    throw new Failure('not-found', `The batch ${batchId} has not all of these photos. Read it again.`)
}

async function keepBefore(
  transaction: StoreTransaction,
  batchId: string,
  change: number,
  numbers: readonly number[],
): Promise<void> {
  const known = await transaction
    .selectFrom('photoCorrections')
    .select(['number', 'label'])
    .where('batchId', '=', batchId)
    .where('number', 'in', numbers)
    .execute()
  const labels = new Map(known.map(({ number, label }) => [number, label]))
  const values = numbers.map((number) => ({ change, batchId, number, before: labels.get(number) ?? null }))
  await transaction.insertInto('photoCorrectionChanges').values(values).execute()
}

async function write(
  transaction: StoreTransaction,
  batchId: string,
  labels: readonly { readonly number: number; readonly label: string | null }[],
): Promise<void> {
  const given = labels.flatMap(({ number, label }) => (label === null ? [] : [{ batchId, number, label }]))
  const taken = labels.flatMap(({ number, label }) => (label === null ? [number] : []))
  for (let from = 0; from < given.length; from += ROWS_AT_ONCE)
    await transaction
      .insertInto('photoCorrections')
      .values(given.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['batchId', 'number']).doUpdateSet({ label: sql`excluded.label` }),
      )
      .execute()
  for (let from = 0; from < taken.length; from += ROWS_AT_ONCE)
    await transaction
      .deleteFrom('photoCorrections')
      .where('batchId', '=', batchId)
      .where('number', 'in', taken.slice(from, from + ROWS_AT_ONCE))
      .execute()
}
