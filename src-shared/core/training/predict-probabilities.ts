// The whole answer of a trained network: the probability of every class for every image of a selection.
import * as tf from '@tensorflow/tfjs'
import { applyNetwork } from '../models/apply-network.ts'
import type { Network } from '../models/network.ts'
import { buildBatch, type Selection } from './batches.ts'
import type { TrainingState } from './training-state.ts'
import { applyWholeNetwork } from './whole-step.ts'

const IMAGES_AT_ONCE = 512

/** Answers of a network whose weights are plain data, such as those of a checkpoint. Otherwise as `predictProbabilities`. */
export async function predictWith(
  network: Network,
  { parameters }: Pick<TrainingState, 'parameters'>,
  selection: Selection,
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const tensors = parameters.map(({ values, shape }) => tf.tensor(values.slice(), [...shape]))
  try {
    return await predictProbabilities(network, tensors, selection, breathe)
  } finally {
    tf.dispose(tensors)
  }
}

/**
 * @param parameters on the engine, in the order of `listParameters`
 * @param breathe called between batches; may wait, and throws to end the work
 * @returns softmax of the logits. [images, classes]
 */
export async function predictProbabilities(
  network: Network,
  parameters: readonly tf.Tensor[],
  selection: Selection,
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const { classes } = network.task
  const count = selection.indices.length
  const probabilities = new Float32Array(count * classes)
  for (let from = 0; from < count; from += IMAGES_AT_ONCE) {
    await breathe()
    const batch = buildBatch(selection, network.task, null, from, Math.min(from + IMAGES_AT_ONCE, count))
    const answers = tf.tidy(() =>
      tf.softmax(
        applyWholeNetwork(network, parameters, batch.images) ??
          applyNetwork(network, parameters, batch.images),
      ),
    )
    try {
      probabilities.set(await answers.data(), from * classes)
    } finally {
      tf.dispose([answers, batch.images])
    }
  }
  return probabilities
}
