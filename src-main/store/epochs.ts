// A finished epoch: its metrics, its loss curve and its checkpoint, stored together or not at all, one after the other without gaps.
// When `recordEpoch` has returned, the epoch survives kill -9 and a power cut.
import { sql } from 'kysely'
import { Failure } from '#shared/failure.ts'
import {
  type CheckpointRecord,
  type EpochMetrics,
  checkpointSchema,
  epochMetricsSchema,
} from '#shared/run.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import { insertCurve } from './curves.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { epochToRow } from './epoch-rows.ts'
import { type RunRow, requireKeptRun, requireRun } from './require-run.ts'

/**
 * @param curve losses of single batches of this epoch, thinned
 * @throws Failure 'conflict' when the run is not training or the epoch is not the next one
 */
export async function recordEpoch(
  database: StoreDatabase,
  id: string,
  metrics: EpochMetrics,
  checkpoint: CheckpointRecord,
  curve: readonly BatchLoss[] = [],
): Promise<void> {
  const epochRow = epochToRow(id, epochMetricsSchema.parse(metrics))
  const checkpointRow = { runId: id, ...checkpointSchema.parse(checkpoint) }
  await database.transaction().execute(async (transaction) => {
    await requireNextEpoch(
      transaction,
      await requireKeptRun(transaction, id),
      metrics.epoch,
      checkpoint.epoch,
    )
    await transaction.insertInto('epochs').values(epochRow).execute()
    await transaction.insertInto('checkpoints').values(checkpointRow).execute()
    await insertCurve(transaction, id, metrics.epoch, curve)
  })
}

async function requireNextEpoch(
  transaction: StoreTransaction,
  run: RunRow,
  epoch: number,
  checkpointEpoch: number,
): Promise<void> {
  const next = (await lastEpochOf(transaction, run.id)) + 1
  if (run.status !== 'running' && run.status !== 'paused') {
    throw new Failure(
      'conflict',
      `Epoch ${epoch} came for run ${run.id}, which is ${run.status} and not running.`,
    )
  }
  if (epoch !== next || next > run.epochs) {
    throw new Failure(
      'conflict',
      `Epoch ${epoch} came for run ${run.id}, which expects ${describe(next, run.epochs)}.`,
    )
  }
  if (checkpointEpoch !== epoch) {
    throw new Failure(
      'conflict',
      `Epoch ${epoch} of run ${run.id} came with the checkpoint of epoch ${checkpointEpoch}.`,
    )
  }
}

function describe(next: number, epochs: number): string {
  return next > epochs ? `no more than its ${epochs}` : `epoch ${next}`
}

/** 0 before the first epoch is finished. */
export async function lastEpochOf(database: StoreDatabase, runId: string): Promise<number> {
  const { lastEpoch } = await database
    .selectFrom('epochs')
    .select(sql<number>`coalesce(max(epoch), 0)`.as('lastEpoch'))
    .where('runId', '=', runId)
    .executeTakeFirstOrThrow()
  return lastEpoch
}

/** In the order of the epochs. */
export async function listCheckpoints(
  database: StoreDatabase,
  id: string,
): Promise<readonly CheckpointRecord[]> {
  await requireRun(database, id)
  return database
    .selectFrom('checkpoints')
    .select(['epoch', 'file', 'sha256', 'bytes'])
    .where('runId', '=', id)
    .orderBy('epoch')
    .execute()
}

/**
 * Forgets the epochs after `epoch` with their curves and checkpoints, because they are to be trained again.
 * @throws Failure 'conflict' unless the run is running
 */
export async function rewindRun(database: StoreDatabase, id: string, epoch: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { status } = await requireKeptRun(transaction, id)
    if (status !== 'running')
      throw new Failure('conflict', `Run ${id} is ${status} and not running, so its epochs stay.`)
    await transaction.deleteFrom('checkpoints').where('runId', '=', id).where('epoch', '>', epoch).execute()
    await transaction.deleteFrom('epochs').where('runId', '=', id).where('epoch', '>', epoch).execute()
  })
}

/** For a checkpoint whose file was removed; the epoch's metrics stay. @throws Failure 'not-found' */
export async function forgetCheckpoint(database: StoreDatabase, id: string, epoch: number): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom('checkpoints')
    .where('runId', '=', id)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  if (numDeletedRows > 0n) return
  throw new Failure('not-found', `Run ${id} has no checkpoint of epoch ${epoch}.`)
}
