// The whole answer of a trained network: a value of every class for every image of a selection, as probabilities or as the
// logits that they are made of.
import * as tf from '@tensorflow/tfjs'
import { applyNetwork } from '../models/apply-network.ts'
import type { Network } from '../models/network.ts'
import { buildBatch, type Selection } from './batches.ts'
import type { TrainingState } from './training-state.ts'
import { applyWholeNetwork } from './whole-step.ts'

const IMAGES_AT_ONCE = 512

/** Probabilities of a network whose weights are plain data, such as those of a checkpoint. [images, classes] */
export function predictWith(
  network: Network,
  state: Pick<TrainingState, 'parameters'>,
  selection: Selection,
  breathe: Breathe,
): Promise<Float32Array> {
  return withParameters(state, (parameters) => predictProbabilities(network, parameters, selection, breathe))
}

/** Logits of a network whose weights are plain data. [images, classes] */
export function predictLogitsWith(
  network: Network,
  state: Pick<TrainingState, 'parameters'>,
  selection: Selection,
  breathe: Breathe,
): Promise<Float32Array> {
  return withParameters(state, (parameters) =>
    answerAll(network, parameters, selection, breathe, (logits) => logits),
  )
}

/** Called between batches; may wait, and throws to end the work. */
type Breathe = () => Promise<void>

/**
 * @param parameters on the engine, in the order of `listParameters`
 * @returns softmax of the logits. [images, classes]
 */
export function predictProbabilities(
  network: Network,
  parameters: readonly tf.Tensor[],
  selection: Selection,
  breathe: Breathe,
): Promise<Float32Array> {
  return answerAll(network, parameters, selection, breathe, (logits) => tf.softmax(logits))
}

async function withParameters<Result>(
  { parameters }: Pick<TrainingState, 'parameters'>,
  use: (parameters: readonly tf.Tensor[]) => Promise<Result>,
): Promise<Result> {
  const tensors = parameters.map(({ values, shape }) => tf.tensor(values.slice(), [...shape]))
  try {
    return await use(tensors)
  } finally {
    tf.dispose(tensors)
  }
}

async function answerAll(
  network: Network,
  parameters: readonly tf.Tensor[],
  selection: Selection,
  breathe: Breathe,
  finish: (logits: tf.Tensor2D) => tf.Tensor,
): Promise<Float32Array> {
  const { classes } = network.task
  const count = selection.indices.length
  const answers = new Float32Array(count * classes)
  for (let from = 0; from < count; from += IMAGES_AT_ONCE) {
    await breathe()
    const batch = buildBatch(selection, network.task, null, from, Math.min(from + IMAGES_AT_ONCE, count))
    const values = tf.tidy(() =>
      finish(
        applyWholeNetwork(network, parameters, batch.images) ??
          applyNetwork(network, parameters, batch.images),
      ),
    )
    try {
      answers.set(await values.data(), from * classes)
    } finally {
      tf.dispose([values, batch.images])
    }
  }
  return answers
}
