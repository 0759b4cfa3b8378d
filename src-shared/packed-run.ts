// A run as it travels: everything that a history keeps of it, as one JSON record beside its newest weights. What arrives
// is believed in nothing: the schema checks its form, `checkPackedRun` that its parts agree with each other.
import { z } from 'zod'
import { adaptationGainSchema } from './adaptation.ts'
import { scoreClasses } from './core/training/class-scores.ts'
import { Failure } from './failure.ts'
import { markSetSchema } from './marks.ts'
import { batchLossSchema } from './run-events.ts'
import { checkpointSchema, type Evaluation, isResting, runLogLineSchema, runSchema } from './run.ts'

export const PACKED_RUN_FORMAT = 'atelier-run'
/** Goes up when older versions of Atelier could not read what is written. */
export const PACKED_RUN_VERSION = 1

const MAX_CURVE_POINTS = 2_000_000
const MAX_LOG_LINES = 100_000
const MAX_IMAGES = 10_000_000

const contentName = z.string().regex(/^[0-9a-f]{16}$/)

export const packedRunSchema = z.strictObject({
  format: z.literal(PACKED_RUN_FORMAT),
  version: z.literal(PACKED_RUN_VERSION),
  /** The version of Atelier that wrote it. */
  writtenBy: z.string().max(100),
  run: runSchema,
  /** Losses of single batches, thinned. */
  curve: z.array(batchLossSchema).max(MAX_CURVE_POINTS),
  log: z.array(runLogLineSchema).max(MAX_LOG_LINES),
  /** Its newest checkpoint, which lies beside this record; null for a run without weights. */
  checkpoint: checkpointSchema.nullable(),
  /** For every image of the evaluated split, in its order; null where the run was not evaluated. */
  predictions: z
    .strictObject({
      labels: z.array(z.int().min(0).max(255)).max(MAX_IMAGES),
      probabilities: z.array(z.number().min(0).max(1)).max(MAX_IMAGES),
    })
    .nullable(),
  /** The marks that it was trained with. */
  markSet: z.strictObject({ hash: contentName, datasetHash: z.string(), set: markSetSchema }).nullable(),
  /** The photos that it was adapted with: inputs and labels as base 64. */
  photoSet: z.strictObject({ hash: contentName, inputs: z.base64(), labels: z.base64() }).nullable(),
  /** What the adaptation gained. */
  gain: adaptationGainSchema.nullable(),
})
export type PackedRun = z.infer<typeof packedRunSchema>

/** @throws Failure 'invalid-file' that names the first part that does not fit the others */
export function checkPackedRun(packed: PackedRun): void {
  const { run, checkpoint, curve, markSet, photoSet } = packed
  const finished = run.epochs.length
  const { epochs, marks, adaptation } = run.experiment
  insist(/^[0-9a-hjkmnp-tv-z]{8}$/.test(run.id), 'its id is none that Atelier gives')
  insist(isResting(run) && run.deletedAt === null, `its status is ${run.status}, or it was deleted`)
  insist(
    run.epochs.every(({ epoch }, index) => epoch === index + 1) && finished <= epochs,
    `its epochs are not 1 to at most ${epochs}`,
  )
  insist(
    run.status !== 'completed' || (finished === epochs && run.evaluation !== null),
    'it is called completed without all its epochs and an evaluation',
  )
  for (const { train, validation, test } of run.epochs)
    for (const metrics of [train, validation, test]) if (metrics !== null) checkMetrics(metrics)
  insist(
    checkpoint === null || checkpoint.epoch <= finished,
    'its weights are of an epoch that it has not finished',
  )
  insist(
    curve.every(({ epoch }) => epoch >= 1 && epoch <= finished),
    'its loss curve belongs to other epochs',
  )
  insist(
    markSet === null || markSet.hash === marks,
    'its set of marks is not the one that it was trained with',
  )
  insist(
    photoSet === null || photoSet.hash === adaptation?.photos,
    'its photos are not those that it was adapted with',
  )
  checkEvaluation(packed)
}

function checkMetrics({ accuracy, correct, count }: Evaluation['metrics']): void {
  insist(accuracy >= 0 && accuracy <= 1, `an accuracy is ${accuracy}`)
  insist(correct >= 0 && correct <= count, `${correct} of ${count} images are called right`)
}

/** Everything of an evaluation follows from its confusion matrix, and that from the predictions and the true labels. */
function checkEvaluation({ run, predictions }: PackedRun): void {
  const { evaluation } = run
  insist((evaluation === null) === (predictions === null), 'it has only one of evaluation and predictions')
  if (evaluation === null || predictions === null) return
  const classes = run.dataset.classNames.length
  const { confusionMatrix: matrix, metrics, classScores } = evaluation
  checkMetrics(metrics)
  insist(
    matrix.length === classes &&
      matrix.every((row) => row.length === classes && row.every((count) => count >= 0)),
    `its confusion matrix is not one of ${classes} classes`,
  )
  const columns = matrix.map((_, label) => sum(matrix.map((row) => row[label] ?? 0)))
  const counted = new Array<number>(classes).fill(0)
  for (const label of predictions.labels) counted[label] = (counted[label] ?? 0) + 1
  insist(
    counted.length === classes && columns.every((column, label) => column === counted[label]),
    'its confusion matrix does not count its predictions',
  )
  insist(
    sum(columns) === metrics.count && predictions.probabilities.length === metrics.count,
    `it was evaluated on ${metrics.count} images, but has ${predictions.labels.length} predictions`,
  )
  insist(
    sum(matrix.map((row, label) => row[label] ?? 0)) === metrics.correct,
    'its confusion matrix has another number of right answers than its metrics',
  )
  insist(
    JSON.stringify(scoreClasses(matrix)) === JSON.stringify(classScores),
    'its scores of classes do not follow from its confusion matrix',
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function insist(holds: boolean, fault: string): void {
  if (holds) return
  throw new Failure(
    'invalid-file',
    `A run in this file cannot be taken in: ${fault}. The file was damaged or changed: export the run again.`,
  )
}
