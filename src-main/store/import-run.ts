// A run that comes from another history: stored whole or not at all, under the id that it has everywhere.
import { Failure } from '#shared/failure.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import type { AdaptationGain } from '#shared/adaptation.ts'
import type { CheckpointRecord, Run, RunLogLine, SplitPredictions } from '#shared/run.ts'
import { keepPhotoSet, type NamedPhotoSet, recordGain } from './adaptations.ts'
import { insertCurve } from './curves.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { epochToRow } from './epoch-rows.ts'
import { insertEvaluation, insertPredictions } from './evaluations.ts'
import { keepMarkSet, type NamedMarkSet } from './mark-sets.ts'
import { findRun } from './read-run.ts'
import { appendLog } from './run-log.ts'
import { runColumns } from './runs.ts'

/** Everything that a history keeps of one run. */
export interface WholeRun {
  readonly run: Run
  readonly curve: readonly BatchLoss[]
  readonly log: readonly RunLogLine[]
  /** Of its newest weights; null for a run without them. */
  readonly checkpoint: CheckpointRecord | null
  readonly predictions: SplitPredictions | null
  readonly markSet: NamedMarkSet | null
  readonly photoSet: NamedPhotoSet | null
  readonly gain: AdaptationGain | null
}

/** @throws Failure 'conflict' for a run that is here already, deleted or not */
export async function requireUnknownRun(database: StoreDatabase, { id, name }: Run): Promise<void> {
  const here = await database.selectFrom('runs').select('deletedAt').where('id', '=', id).executeTakeFirst()
  if (here === undefined) return
  const remedy =
    here.deletedAt === null
      ? 'It was left as it is.'
      : 'It was deleted: restore it, or wait until it is removed for good.'
  throw new Failure('conflict', `The run ${id} (${name}) is in this history already. ${remedy}`)
}

/**
 * @param origin where it came from, as the first new line of its log
 * @throws Failure 'conflict' as requireUnknownRun does
 */
export async function importRun(database: StoreDatabase, whole: WholeRun, origin: string): Promise<Run> {
  const { run, markSet, photoSet } = whole
  await database.transaction().execute(async (transaction) => {
    await requireUnknownRun(transaction, run)
    if (markSet !== null) await keepMarkSet(transaction, markSet)
    if (photoSet !== null) await keepPhotoSet(transaction, photoSet)
    await transaction
      .insertInto('runs')
      .values({ ...runColumns(run), ...courseOf(run) })
      .execute()
    await insertParts(transaction, whole)
    await appendLog(transaction, [run.id], origin)
  })
  return findRun(database, run.id)
}

/** What a new run does not have yet. */
function courseOf({ status, reason, engine, hardware, createdAt, startedAt, finishedAt }: Run) {
  return {
    status,
    reason: status === 'completed' ? null : reason,
    engine: engine === null ? null : JSON.stringify(engine),
    hardware: hardware === null ? null : JSON.stringify(hardware),
    createdAt,
    startedAt,
    finishedAt,
  }
}

async function insertParts(transaction: StoreTransaction, whole: WholeRun): Promise<void> {
  const { run, curve, log, checkpoint, predictions, gain } = whole
  for (const metrics of run.epochs) {
    await transaction.insertInto('epochs').values(epochToRow(run.id, metrics)).execute()
    const ofEpoch = curve.filter(({ epoch }) => epoch === metrics.epoch)
    await insertCurve(transaction, run.id, metrics.epoch, ofEpoch)
  }
  if (checkpoint !== null)
    await transaction
      .insertInto('checkpoints')
      .values({ runId: run.id, ...checkpoint })
      .execute()
  if (run.evaluation !== null) await insertEvaluation(transaction, run.id, run.evaluation, completionOf(run))
  if (predictions !== null) await insertPredictions(transaction, run.id, predictions)
  for (const { time, text } of log)
    await transaction.insertInto('logLines').values({ runId: run.id, time, text }).execute()
  if (gain !== null) await recordGain(transaction, run.id, gain)
}

/** The evaluation of a run that is to be trained further is of an epoch that is not told. */
function completionOf({ status, experiment: { epochs }, finishedAt }: Run) {
  return status === 'completed' ? { epoch: epochs, finishedAt } : { epoch: null, finishedAt: null }
}
