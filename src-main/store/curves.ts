// The loss curve of each finished epoch: single batches, thinned before they come here.
import type { BatchLoss } from '#shared/run-events.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { decodeCounts, decodeFloats, encodeCounts, encodeFloats } from './number-columns.ts'
import { requireRun } from './require-run.ts'

/** Belongs into the transaction that stores the epoch. An epoch without a curve has no row. */
export async function insertCurve(
  transaction: StoreTransaction,
  runId: string,
  epoch: number,
  curve: readonly BatchLoss[],
): Promise<void> {
  if (curve.length === 0) return
  const batches = encodeCounts(curve.map(({ batch }) => batch))
  const losses = encodeFloats(curve.map(({ loss }) => loss))
  await transaction.insertInto('curves').values({ runId, epoch, batches, losses }).execute()
}

/** Of all finished epochs, in their order. @throws Failure 'not-found' */
export async function readCurve(database: StoreDatabase, runId: string): Promise<readonly BatchLoss[]> {
  await requireRun(database, runId)
  const rows = await database
    .selectFrom('curves')
    .select(['epoch', 'batches', 'losses'])
    .where('runId', '=', runId)
    .orderBy('epoch')
    .execute()
  return rows.flatMap(({ epoch, batches, losses }) => {
    const values = decodeFloats(losses)
    return Array.from(decodeCounts(batches), (batch, index) => ({ epoch, batch, loss: values[index] ?? 0 }))
  })
}
