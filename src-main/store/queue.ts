// Runs that wait for their turn, in order. A run that waits is 'queued'; when it starts to train or is withdrawn, it
// leaves. Every change is one transaction.
import { sql } from 'kysely'
import { ENGINE_CHOICES, type EngineChoice } from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import type { QueueEntry } from '#shared/queue.ts'
import type { Run } from '#shared/run.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { requireKeptRun } from './require-run.ts'
import { appendLog } from './run-log.ts'
import { giveUpRun, requireTransition } from './run-status.ts'
import { insertRun, type NewRun } from './runs.ts'

/** Stores new runs and lines them up behind the others: all of them or none. */
export async function queueNewRuns(
  database: StoreDatabase,
  runs: readonly NewRun[],
  engine: EngineChoice,
): Promise<readonly Run[]> {
  return database.transaction().execute(async (transaction) => {
    const stored: Run[] = []
    let position = await nextPosition(transaction)
    for (const run of runs) {
      const inserted = await insertRun(transaction, run)
      await transaction
        .insertInto('queue')
        .values({ runId: inserted.id, position: position++, engine })
        .execute()
      stored.push(inserted)
    }
    await appendLog(
      transaction,
      stored.map(({ id }) => id),
      'Created and lined up.',
    )
    return stored
  })
}

/**
 * Lines up a run that stopped before its end, or that is 'queued' and does not wait.
 * @throws Failure 'conflict' when it waits already or is not to be trained
 */
export async function queueRun(database: StoreDatabase, id: string, engine: EngineChoice): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { status } = await requireKeptRun(transaction, id)
    if (status !== 'queued') {
      await requireTransition(transaction, id, 'queued')
      const changes = { status: 'queued', reason: null, finishedAt: null } as const
      await transaction.updateTable('runs').set(changes).where('id', '=', id).execute()
    }
    const position = await nextPosition(transaction)
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('queue')
      .values({ runId: id, position, engine })
      .onConflict((conflict) => conflict.column('runId').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n)
      throw new Failure('conflict', `Run ${id} waits in the queue already.`)
    await appendLog(transaction, [id], 'Lined up again.')
  })
}

/** The next one first. */
export async function readQueue(database: StoreDatabase): Promise<readonly QueueEntry[]> {
  const rows = await database
    .selectFrom('queue')
    .select(['runId', 'engine'])
    .orderBy('position')
    .orderBy('runId')
    .execute()
  return rows.map(({ runId, engine }) => ({
    runId,
    engine: ENGINE_CHOICES.find((name) => name === engine) ?? 'auto', // an engine that this version does not have
  }))
}

/**
 * Puts a waiting run at a place, 0 being next.
 * @param current the run in training, which is still in the table and stays before all others; or null
 * @throws Failure 'conflict' when the run does not wait
 */
export async function moveInQueue(
  database: StoreDatabase,
  id: string,
  place: number,
  current: string | null,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const ids = (await readQueue(transaction)).map(({ runId }) => runId)
    if (id === current || !ids.includes(id)) throw doesNotWait(id)
    const others = ids.filter((other) => other !== id && other !== current)
    const first = ids.filter((other) => other === current)
    const order = [...first, ...others.slice(0, place), id, ...others.slice(place)]
    for (const [position, runId] of order.entries()) {
      await transaction.updateTable('queue').set({ position }).where('runId', '=', runId).execute()
    }
  })
}

/** Takes waiting runs out and gives them up: all of them or none. @throws Failure 'conflict' when one does not wait */
export async function withdrawRuns(
  database: StoreDatabase,
  ids: readonly string[],
  reason: string,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const id of ids) {
      const { numDeletedRows } = await transaction
        .deleteFrom('queue')
        .where('runId', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw doesNotWait(id)
      await giveUpRun(transaction, id, reason)
    }
  })
}

/** The run's turn has come, or it is no longer to be trained. */
export async function leaveQueue(database: StoreDatabase, id: string): Promise<void> {
  await database.deleteFrom('queue').where('runId', '=', id).execute()
}

/** Takes out what is not 'queued' any more, such as a run that was training when the process died. */
export async function tidyQueue(database: StoreDatabase): Promise<void> {
  await sql`
    delete from queue where runId not in (select id from runs where status = 'queued' and deletedAt is null)
  `.execute(database)
}

async function nextPosition(transaction: StoreTransaction): Promise<number> {
  const { last } = await transaction
    .selectFrom('queue')
    .select(sql<number>`coalesce(max(position), -1)`.as('last'))
    .executeTakeFirstOrThrow()
  return last + 1
}

function doesNotWait(id: string): Failure {
  return new Failure('conflict', `Run ${id} does not wait in the queue; it may have started just now.`)
}
