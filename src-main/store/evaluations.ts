// The end of a run: its evaluation and every single prediction, stored together with the status 'completed'.
import type { Selectable } from 'kysely'
import { Failure } from '#shared/failure.ts'
import { type Evaluation, type SplitPredictions, evaluationSchema } from '#shared/run.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { lastEpochOf } from './epochs.ts'
import { decodeJson } from './json-column.ts'
import { decodeFloats, encodeFloats } from './number-columns.ts'
import { requireRun } from './require-run.ts'
import { requireTransition } from './run-status.ts'
import type { EvaluationsTable } from './schema.ts'

/**
 * Completes a run: its evaluation and predictions take the place of earlier ones, and it is 'completed'.
 * @throws Failure 'conflict' when the run is not running or epochs of it are missing
 */
export async function recordCompletion(
  database: StoreDatabase,
  id: string,
  evaluation: Evaluation,
  predictions: SplitPredictions,
  finishedAt: string,
): Promise<void> {
  requirePredictionPerImage(id, evaluation, predictions)
  await database.transaction().execute(async (transaction) => {
    const run = await requireTransition(transaction, id, 'completed')
    await requireEveryEpoch(transaction, id, run.epochs)
    await transaction.deleteFrom('evaluations').where('runId', '=', id).execute()
    const completion = { epoch: run.epochs, finishedAt }
    await insertEvaluation(transaction, id, evaluationSchema.parse(evaluation), completion)
    await insertPredictions(transaction, id, predictions)
    await transaction
      .updateTable('runs')
      .set({ status: 'completed', reason: null, finishedAt })
      .where('id', '=', id)
      .execute()
  })
}

function requirePredictionPerImage(id: string, evaluation: Evaluation, predictions: SplitPredictions): void {
  const { count } = evaluation.metrics
  const { labels, probabilities } = predictions
  if (labels.length === count && probabilities.length === count) return
  throw new Failure(
    'conflict',
    `Run ${id} was evaluated on ${count} images, but came with ${labels.length} labels and ` +
      `${probabilities.length} probabilities. Evaluate it again.`,
  )
}

async function requireEveryEpoch(transaction: StoreTransaction, id: string, epochs: number): Promise<void> {
  const lastEpoch = await lastEpochOf(transaction, id)
  if (lastEpoch === epochs) return
  throw new Failure(
    'conflict',
    `Run ${id} cannot be completed after ${lastEpoch} of its ${epochs} epochs. Resume it to train the rest.`,
  )
}

/** @param completion what the run was completed by with this evaluation; nulls where nobody knows */
export async function insertEvaluation(
  transaction: StoreTransaction,
  runId: string,
  evaluation: Evaluation,
  { epoch, finishedAt }: Pick<EvaluationRow, 'epoch' | 'finishedAt'>,
): Promise<void> {
  const { split, metrics, top5Accuracy, confusionMatrix, classScores } = evaluation
  await transaction
    .insertInto('evaluations')
    .values({
      runId,
      split,
      ...metrics,
      top5Accuracy,
      confusionMatrix: JSON.stringify(confusionMatrix),
      classScores: JSON.stringify(classScores),
      ...{ epoch, finishedAt },
    })
    .execute()
}

export async function insertPredictions(
  transaction: StoreTransaction,
  runId: string,
  { labels, probabilities }: SplitPredictions,
): Promise<void> {
  await transaction
    .insertInto('predictions')
    .values({ runId, labels, probabilities: encodeFloats(probabilities) })
    .execute()
}

export type EvaluationRow = Selectable<EvaluationsTable>

/** Undefined when the run has none. */
export async function readEvaluationRow(
  database: StoreDatabase,
  runId: string,
): Promise<EvaluationRow | undefined> {
  return database.selectFrom('evaluations').selectAll().where('runId', '=', runId).executeTakeFirst()
}

/** The evaluation as it was stored, unchecked; null where there is no row. Its JSON may throw. */
export function rowToEvaluation(row: EvaluationRow | undefined): unknown {
  if (row === undefined) return null
  const { loss, accuracy, exactLoss, correct, count } = row
  return {
    split: row.split,
    metrics: { loss, accuracy, exactLoss, correct, count },
    top5Accuracy: row.top5Accuracy,
    confusionMatrix: decodeJson(row.confusionMatrix),
    classScores: decodeJson(row.classScores),
  }
}

/** @throws Failure 'not-found' when the run does not exist or was not evaluated yet */
export async function readPredictions(database: StoreDatabase, id: string): Promise<SplitPredictions> {
  await requireRun(database, id)
  const row = await database
    .selectFrom('predictions')
    .select(['labels', 'probabilities'])
    .where('runId', '=', id)
    .executeTakeFirst()
  if (row === undefined) {
    throw new Failure(
      'not-found',
      `Run ${id} has no predictions: it was not evaluated yet. Complete it first.`,
    )
  }
  return { labels: new Uint8Array(row.labels), probabilities: decodeFloats(row.probabilities) }
}
