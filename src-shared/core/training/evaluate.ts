// Measures a network on a split: one pass forward, in batches as large as is quick, with metrics as if in the
// experiment's batches.
import * as tf from '@tensorflow/tfjs'
import type { Evaluation, SplitMetrics, SplitPredictions } from '../../run.ts'
import { applyNetwork } from '../models/apply-network.ts'
import type { Network } from '../models/network.ts'
import { buildHere, type BatchSource } from './batch-source.ts'
import type { Selection } from './batches.ts'
import { countConfusions, scoreClasses } from './class-scores.ts'
import type { Loss } from './losses.ts'
import { rankLogits } from './rank-logits.ts'
import { applyWholeNetwork } from './whole-step.ts'
import { SplitAccumulator } from './split-accumulator.ts'

const TOP = 5
/** About how many images go through at once. */
const IMAGES_AT_ONCE = 512

export interface EvaluationTask {
  readonly network: Network
  readonly parameters: readonly tf.Tensor[]
  readonly selection: Selection
  /** Where its batches come from, for one that is measured often; by default they are built from its bytes. */
  readonly source?: BatchSource
  readonly loss: Loss
  /** Of the experiment: decides over which images the means of batches are taken. */
  readonly batchSize: number
  /** Called between batches; may wait, and throws to end the work. */
  readonly breathe: () => Promise<void>
}

export interface SplitEvaluation {
  readonly metrics: SplitMetrics
  readonly predictions: SplitPredictions
  readonly top5Accuracy: number
}

/** Loss, accuracy and predictions of every image of the selection, in its order. */
export async function evaluateSplit(task: EvaluationTask): Promise<SplitEvaluation> {
  const { selection, batchSize, source = buildHere(selection, task.network.task) } = task
  const count = selection.indices.length
  const step = batchSize * Math.max(1, Math.floor(IMAGES_AT_ONCE / batchSize))
  const accumulator = new SplitAccumulator()
  const labels = new Uint8Array(count)
  const probabilities = new Float32Array(count)
  let inTop = 0
  for (let from = 0; from < count; from += step) {
    await task.breathe()
    const measured = await measure(task, source, from, Math.min(from + step, count))
    for (let start = 0; start < measured.losses.length; start += batchSize) {
      const losses = measured.losses.subarray(start, start + batchSize)
      const ranks = measured.ranks.slice(start, start + batchSize)
      accumulator.add(mean(losses), ranks.filter((rank) => rank.rankOfTruth === 0).length, losses.length)
    }
    measured.ranks.forEach((rank, index) => {
      labels[from + index] = rank.label
      probabilities[from + index] = rank.probability
      if (rank.rankOfTruth < TOP) inTop += 1
    })
  }
  return {
    metrics: accumulator.compute(),
    predictions: { labels, probabilities },
    top5Accuracy: inTop / count,
  }
}

/** The record that is kept of a finished run. */
export function buildEvaluation(
  split: Evaluation['split'],
  { metrics, predictions, top5Accuracy }: SplitEvaluation,
  selection: Selection,
  classes: number,
): Evaluation {
  const truth = Uint8Array.from(selection.indices, (index) => selection.source.labels[index] ?? 0)
  const confusionMatrix = countConfusions(truth, predictions.labels, classes)
  return { split, metrics, top5Accuracy, confusionMatrix, classScores: scoreClasses(confusionMatrix) }
}

async function measure(task: EvaluationTask, source: BatchSource, from: number, to: number) {
  const { network, parameters, loss } = task
  const { classes } = network.task
  const batch = source.build(null, from, to)
  const [losses, logits] = tf.tidy(() => {
    const values =
      applyWholeNetwork(network, parameters, batch.images) ?? applyNetwork(network, parameters, batch.images)
    const truth = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes) as tf.Tensor2D
    return [loss(values, truth), values]
  })
  try {
    const [lossValues, logitValues] = await Promise.all([losses.data(), logits.data()])
    return {
      losses: lossValues as Float32Array,
      ranks: rankLogits(logitValues as Float32Array, batch.labels, classes),
    }
  } finally {
    tf.dispose([losses, logits, batch.images])
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
