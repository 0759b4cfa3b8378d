// A network that was trained on changed images is asked about several views of each input, and their logits are averaged:
// what it sees in all of them counts more than the accidents of one. The views are the same for every input, so that one
// photo gets the same answer alone and among a thousand.
// Source: test-time augmentation, Krizhevsky, Sutskever and Hinton 2012, section 4.1; measured in docs/photos.md.
import * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../../experiment.ts'
import { applyNetwork } from '../../models/apply-network.ts'
import type { Network } from '../../models/network.ts'
import { Random } from '../../random.ts'
import { drawWarp, warpImage, type Warp } from '../../training/augmentation/warp.ts'
import { applyWholeNetwork } from '../../training/whole-step.ts'

const VIEWS = 16
const SEED = 1
const INPUTS_AT_ONCE = 32

/** Empty for a network that was trained on the images as they are: it is asked about the input itself. */
export function chooseViews({ augmentation }: Pick<Experiment, 'augmentation'>): readonly Warp[] {
  if (augmentation === 'none') return []
  const random = new Random(SEED)
  return Array.from({ length: VIEWS }, () => drawWarp(random))
}

export interface ViewTask {
  readonly network: Network
  /** Weights and biases in the order of `listParameters`. */
  readonly parameters: readonly tf.Tensor[]
  readonly views: readonly Warp[]
  /** [count, height, width] bytes. */
  readonly inputs: Uint8Array
  /** Called between batches; may wait, and throws to end the work. */
  readonly breathe?: () => Promise<void>
}

/** @returns logits [count, classes], means over the views */
export async function answerInputs(task: ViewTask): Promise<Float32Array> {
  const { network, views, inputs } = task
  const { height, width, classes } = network.task
  const size = height * width
  const count = inputs.length / size
  const logits = new Float32Array(count * classes)
  const share = 1 / Math.max(1, views.length)
  for (let from = 0; from < count; from += INPUTS_AT_ONCE) {
    await task.breathe?.()
    const part = inputs.subarray(from * size, Math.min(count, from + INPUTS_AT_ONCE) * size)
    const answers = await forward(task, showViews(part, views, width, height))
    const partLength = (part.length / size) * classes
    answers.forEach((value, i) => {
      const target = from * classes + (i % partLength)
      logits[target] = (logits[target] ?? 0) + value * share
    })
  }
  return logits
}

/** View after view, in each of them input after input. */
function showViews(inputs: Uint8Array, views: readonly Warp[], width: number, height: number): Float32Array {
  const plain = Float32Array.from(inputs, (byte) => Math.fround(byte / 255))
  if (views.length === 0) return plain
  const size = width * height
  const shown = new Float32Array(plain.length * views.length)
  views.forEach((view, v) => {
    for (let start = 0; start < plain.length; start += size) {
      const target = shown.subarray(v * plain.length + start, v * plain.length + start + size)
      warpImage(plain.subarray(start, start + size), target, width, height, view)
    }
  })
  return shown
}

async function forward({ network, parameters }: ViewTask, values: Float32Array): Promise<Float32Array> {
  const { height, width, channels } = network.task
  const logits = tf.tidy(() => {
    const images = tf.tensor4d(values, [values.length / (height * width * channels), height, width, channels])
    return applyWholeNetwork(network, parameters, images) ?? applyNetwork(network, parameters, images)
  })
  try {
    return (await logits.data()) as Float32Array
  } finally {
    logits.dispose()
  }
}
