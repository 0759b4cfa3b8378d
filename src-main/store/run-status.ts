// How a run's status may change, and the changes themselves. The table below is the whole rule; everything else asks it.
import type { Updateable } from 'kysely'
import { Failure } from '#shared/failure.ts'
import {
  type EngineDescription,
  type Hardware,
  engineDescriptionSchema,
  hardwareSchema,
} from '#shared/engine.ts'
import { parseExperiment } from '#shared/experiment.ts'
import type { RunStatus } from '#shared/run.ts'
import { renameEpochs } from '#shared/sweep.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { lastEpochOf } from './epochs.ts'
import { type RunRow, requireKeptRun } from './require-run.ts'
import { appendLog } from './run-log.ts'
import type { RunsTable } from './schema.ts'

/**
 * What stopped before its end can go on; what is completed can only be extended, see `reopenRun`, and becomes completed
 * again where that is taken back, see `giveUpRun`.
 */
const NEXT_STATUSES: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'cancelled', 'failed'],
  running: ['queued', 'paused', 'interrupted', 'completed', 'cancelled', 'failed'],
  paused: ['running', 'interrupted', 'cancelled', 'failed'],
  interrupted: ['queued', 'running', 'cancelled'],
  cancelled: ['queued', 'running'],
  failed: ['queued', 'running'],
  completed: [],
}

/** 'completed' comes with `recordCompletion`. */
export type PlainStatus = Exclude<RunStatus, 'completed'>

const INTERRUPTION = 'Atelier ended while this run was training.'

/** The run, if its status may become `next`. @throws Failure 'conflict', 'not-found' */
export async function requireTransition(
  database: StoreDatabase,
  id: string,
  next: RunStatus,
): Promise<RunRow> {
  const run = await requireKeptRun(database, id)
  if (NEXT_STATUSES[run.status].includes(next)) return run
  throw new Failure('conflict', `Run ${id} is ${run.status} and cannot become ${next}. ${advise(run.status)}`)
}

function advise(status: RunStatus): string {
  if (status === 'completed') return 'Extend it by more epochs to train it further.'
  return `From ${status} it can become: ${NEXT_STATUSES[status].join(', ')}.`
}

/** @param reason why it failed, was cancelled or interrupted; null for any other status */
export async function updateStatus(
  database: StoreDatabase,
  id: string,
  status: PlainStatus,
  reason: string | null = null,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await requireTransition(transaction, id, status)
    const finishedAt = status === 'cancelled' || status === 'failed' ? new Date().toISOString() : null
    await transaction.updateTable('runs').set({ status, reason, finishedAt }).where('id', '=', id).execute()
  })
}

/** The engine of a running run has started. A resumed run keeps the time of its first start and has the last engine. */
export async function recordStart(
  database: StoreDatabase,
  id: string,
  engine: EngineDescription,
  hardware: Hardware,
  startedAt: string,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const run = await requireKeptRun(transaction, id)
    if (run.status !== 'running') await requireTransition(transaction, id, 'running')
    await transaction
      .updateTable('runs')
      .set({
        status: 'running',
        reason: null,
        engine: JSON.stringify(engineDescriptionSchema.parse(engine)),
        hardware: JSON.stringify(hardwareSchema.parse(hardware)),
        startedAt: run.startedAt ?? startedAt,
        finishedAt: null,
      })
      .where('id', '=', id)
      .execute()
  })
}

/**
 * Queues a completed run again, to be trained up to `epochs` in all. Its evaluation stays until the new one.
 * @throws Failure 'conflict' when it is not completed, 'invalid-setting' when that is not more than it has
 */
export async function reopenRun(database: StoreDatabase, id: string, epochs: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const run = await requireKeptRun(transaction, id)
    if (run.status !== 'completed') {
      throw new Failure('conflict', `Run ${id} is ${run.status}; only a completed run can be extended.`)
    }
    if (epochs <= run.epochs) {
      throw new Failure(
        'invalid-setting',
        `Run ${id} has ${run.epochs} epochs already; give a larger number than ${epochs}.`,
      )
    }
    await transaction
      .updateTable('runs')
      .set({ status: 'queued', ...changeEpochs(run, epochs), finishedAt: null })
      .where('id', '=', id)
      .execute()
  })
}

/**
 * A run that waits is not to be trained after all. One that was completed and only to be extended is 'completed' again, with
 * the epochs that it has; any other is 'cancelled', for this reason.
 * @throws Failure 'conflict' when it does not wait
 */
export async function giveUpRun(transaction: StoreTransaction, id: string, reason: string): Promise<void> {
  const run = await requireTransition(transaction, id, 'cancelled')
  const completion = run.status === 'queued' ? await findCompletion(transaction, id) : null
  const changes: Updateable<RunsTable> =
    completion === null
      ? { status: 'cancelled', reason, finishedAt: new Date().toISOString() }
      : {
          ...{ status: 'completed', reason: null, finishedAt: completion.finishedAt },
          ...changeEpochs(run, completion.epoch),
        }
  await transaction.updateTable('runs').set(changes).where('id', '=', id).execute()
  await appendLog(transaction, [id], completion === null ? reason : `${reason} It stays completed as it was.`)
}

/** What the run was completed by, if it was not trained since. */
async function findCompletion(transaction: StoreTransaction, id: string) {
  const { epoch = null, finishedAt = null } =
    (await transaction
      .selectFrom('evaluations')
      .select(['epoch', 'finishedAt'])
      .where('runId', '=', id)
      .executeTakeFirst()) ?? {}
  return epoch !== null && epoch === (await lastEpochOf(transaction, id)) ? { epoch, finishedAt } : null
}

/** @returns the experiment as it is stored, and the name, which may say the epochs */
function changeEpochs(run: RunRow, epochs: number): Pick<RunRow, 'experiment' | 'name'> {
  const experiment = parseExperiment({ ...(JSON.parse(run.experiment) as object), epochs })
  return { experiment: JSON.stringify(experiment), name: renameEpochs(run.name, run.epochs, epochs) }
}

/**
 * Every run that is 'running' or 'paused' becomes 'interrupted'. Only the owner of the data folder may call it, at its
 * start: then the process that trained them is gone. @returns their ids, oldest first
 */
export async function markInterrupted(database: StoreDatabase): Promise<readonly string[]> {
  const rows = await database
    .updateTable('runs')
    .set({ status: 'interrupted', reason: INTERRUPTION })
    .where('status', 'in', ['running', 'paused'])
    .returning(['id', 'createdAt'])
    .execute()
  return rows.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)).map(({ id }) => id)
}
