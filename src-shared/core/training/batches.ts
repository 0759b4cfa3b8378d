// From pixel bytes to batches of tensors, in PyTorch's order.
import * as tf from '@tensorflow/tfjs'
import type { LabelledImages } from '../datasets/dataset.ts'
import type { NetworkTask } from '../models/layers.ts'
import { Random } from '../random.ts'

/** Some images of a split: which ones, by their number in it. */
export interface Selection {
  readonly source: LabelledImages
  readonly indices: Uint32Array
  /** So many of the source's images, the first ones, are photos, which augmentation changes less; none when left out. */
  readonly photos?: number
}

/** Changes the values of a batch in place; `numbers` are those of its images in their source. */
export type BatchChange = (values: Float32Array, labels: Int32Array, numbers: Int32Array) => void

/** Images [batch, height, width, channels] in 0..1 and their labels. The receiver disposes the images. */
export interface Batch {
  readonly images: tf.Tensor4D
  readonly labels: Int32Array
}

/** uint8 / 255 in float32, as torchvision's ToTensor has it. */
const UNIT = Float32Array.from({ length: 256 }, (_, value) => value / 255)

/** Every image of a split. */
export function selectAll(source: LabelledImages): Selection {
  return { source, indices: Uint32Array.from({ length: source.count }, (_, index) => index) }
}

/** Builds the batch of the images `order[from .. to)` of a selection. */
export function buildBatch(
  { source, indices }: Selection,
  task: NetworkTask,
  order: Uint32Array | null,
  from: number,
  to: number,
  change: BatchChange | null = null,
): Batch {
  const imageSize = task.height * task.width * task.channels
  const values = new Float32Array((to - from) * imageSize)
  const labels = new Int32Array(to - from)
  const numbers = new Int32Array(to - from)
  for (let position = from; position < to; position++) {
    const index = indices[order?.[position] ?? position] ?? 0
    const start = index * imageSize
    const target = (position - from) * imageSize
    for (let i = 0; i < imageSize; i++) values[target + i] = UNIT[source.pixels[start + i] ?? 0] ?? 0
    labels[position - from] = source.labels[index] ?? 0
    numbers[position - from] = index
  }
  change?.(values, labels, numbers)
  const shape: [number, number, number, number] = [to - from, task.height, task.width, task.channels]
  return { images: tf.tensor4d(values, shape), labels }
}

/**
 * The order of one epoch as DataLoader(shuffle=True, num_workers=0) draws it: a base seed that goes unused, a seed
 * for the sampler, and that sampler's randperm.
 */
export function drawShuffle(random: Random, count: number): Uint32Array {
  skipLoaderSeed(random)
  const [, low] = random.nextUint64()
  const sampler = new Random(low) // the engine takes a 64-bit seed modulo 2^32
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  for (let i = 0; i < count - 1; i++) {
    const other = i + sampler.below(count - i)
    const value = order[i] ?? 0
    order[i] = order[other] ?? 0
    order[other] = value
  }
  return order
}

/** Every DataLoader iterator draws 64 bits when it starts, even one that does not shuffle. */
export function skipLoaderSeed(random: Random): void {
  random.nextUint64()
}
