// Networks for the tests: TinyVGG, one step through the engine's own kernel, and the same step composed of operations.
import * as tf from '@tensorflow/tfjs'
import type { TrainingStepAttributes } from '#shared/simd/kernels/network.ts'
import type { Activation } from '#shared/simd/instructions/activations.ts'
import type { LossName } from '#shared/simd/instructions/losses.ts'
import type { NetworkLayer } from '#shared/simd/network/description.ts'
import { randomValues, type Values } from './engines.ts'

/** A batch, with the tensors of a network. */
export interface Batch {
  readonly images: tf.Tensor4D
  readonly labels: tf.Tensor1D
  readonly parameters: readonly tf.Tensor[]
  readonly states?: Readonly<Record<string, tf.Tensor>>
  readonly masks: readonly tf.Tensor[]
}

const SAME = { top: 1, bottom: 1, left: 1, right: 1 }
const NONE = { top: 0, bottom: 0, left: 0, right: 0 }

export function tinyVggLayers(): NetworkLayer[] {
  const convolution = { kind: 'convolution', strides: [1, 1], padding: SAME, activation: 'relu' } as const
  const pooling = { kind: 'maxPooling', window: [2, 2], strides: [2, 2], padding: NONE } as const
  const dense = { kind: 'dense', activation: 'linear' } as const
  return [convolution, convolution, pooling, convolution, convolution, pooling, dense]
}

/** Uniform in +-1 / sqrt(fan in), as PyTorch draws them. */
export function tinyVggParameters(channels: number, seed: number): Values[] {
  const filters = [1, channels, channels, channels].flatMap((inputs, index) => {
    const bound = 1 / Math.sqrt(9 * inputs)
    return [
      randomValues([3, 3, inputs, channels], seed + index, bound),
      randomValues([channels], seed + 10 + index, bound),
    ]
  })
  const inputs = 49 * channels
  return [
    ...filters,
    randomValues([inputs, 10], seed + 20, 1 / Math.sqrt(inputs)),
    randomValues([10], seed + 21, 1 / Math.sqrt(inputs)),
  ]
}

/** Runs the kernel 'TrainingStep' of the current backend: losses, outputs, then what it says. */
export function runTrainingStep(batch: Batch, attributes: TrainingStepAttributes): tf.Tensor[] {
  const inputs: Record<string, tf.Tensor> = { images: batch.images, labels: batch.labels, ...batch.states }
  batch.parameters.forEach((parameter, index) => (inputs[`parameter${index}`] = parameter))
  batch.masks.forEach((mask, index) => (inputs[`mask${index}`] = mask))
  return runKernel('TrainingStep', inputs, attributes)
}

/** A kernel that answers with a list of tensors. */
export function runKernel(name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor[] {
  const result: unknown = tf.engine().runKernel(name, inputs, attributes as never)
  return result as tf.Tensor[]
}

/** A convolution of images that are padded already. */
type Convolve = (padded: tf.Tensor4D, filter: tf.Tensor4D, strides: readonly [number, number]) => tf.Tensor4D

/** TensorFlow.js's own convolution; its gradients take the cpu backend seconds for a few images. */
const convolveAsOne: Convolve = (padded, filter, strides) => tf.conv2d(padded, filter, [...strides], 'valid')

/**
 * The same convolution at strides of 1, and its gradients, as a sum of products of matrices, one for each place of the
 * filter: what the cpu backend computes in a fraction of the time. Pixels are rows of one matrix; a place reads it from
 * further below, and what a window reads beyond the end of its own row or image is cut off at the end.
 */
export const convolveByPlaces: Convolve = (padded, filter, strides) => {
  if (strides.some((stride) => stride !== 1)) throw new RangeError('only strides of 1 are summed by places')
  const [batch, height, width, channels] = padded.shape
  const [rows, columns, , filters] = filter.shape
  const pixels = padded.reshape<tf.Tensor2D>([-1, channels])
  const beyond = (rows - 1) * width + columns - 1
  const places = tf.unstack(filter.reshape<tf.Tensor3D>([-1, channels, filters])) as tf.Tensor2D[]
  const products = places.map((weights, place) => {
    const from = Math.floor(place / columns) * width + (place % columns)
    const seen = tf.slice2d(pixels, [from, 0], [batch * height * width - beyond, channels])
    return tf.matMul<tf.Tensor2D>(seen, weights)
  })
  const sums = tf.pad2d(tf.addN(products), [
    [0, beyond],
    [0, 0],
  ])
  const size: [number, number, number, number] = [batch, height - rows + 1, width - columns + 1, filters]
  return tf.slice4d(sums.reshape<tf.Tensor4D>([batch, height, width, filters]), [0, 0, 0, 0], size)
}

/** The outputs of a network. */
export function composedForward(
  batch: Batch,
  layers: readonly NetworkLayer[],
  parameters: readonly tf.Tensor[],
  convolve: Convolve = convolveAsOne,
): tf.Tensor2D {
  let value: tf.Tensor = batch.images
  let parameter = 0
  let mask = 0
  for (const layer of layers) {
    if (layer.kind === 'convolution') {
      const { top, bottom, left, right } = layer.padding
      const padded = tf.pad(value, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]) as tf.Tensor4D
      const filter = parameters[parameter++] as tf.Tensor4D
      const sum = convolve(padded, filter, layer.strides).add(parameters[parameter++] as tf.Tensor)
      value = activated(sum, layer.activation)
    } else if (layer.kind === 'dense') {
      const flat = tf.reshape<tf.Rank.R2>(value, [batch.images.shape[0], -1])
      const sum = flat
        .matMul(parameters[parameter++] as tf.Tensor2D)
        .add(parameters[parameter++] as tf.Tensor)
      value = activated(sum, layer.activation)
    } else if (layer.kind === 'dropout') {
      value = value.mul(batch.masks[mask++] as tf.Tensor)
    } else {
      const pool = layer.kind === 'maxPooling' ? tf.maxPool : tf.avgPool
      value = pool(value as tf.Tensor4D, [...layer.window], [...layer.strides], 'valid')
    }
  }
  return value as tf.Tensor2D
}

function activated(sum: tf.Tensor, activation: Activation): tf.Tensor {
  const functions = { linear: tf.clone, relu: tf.relu, tanh: tf.tanh, sigmoid: tf.sigmoid } as const
  return activation === 'leakyRelu' ? tf.leakyRelu(sum, 0.01) : functions[activation](sum)
}

/** Losses of the single images, outputs, and the gradients of the mean loss. */
export function composedStep(
  batch: Batch,
  layers: readonly NetworkLayer[],
  loss: LossName,
  convolve: Convolve = convolveAsOne,
): tf.Tensor[] {
  const outputs = composedForward(batch, layers, batch.parameters, convolve)
  const { gradients } = composedGradients(batch, layers, loss, convolve)
  return [lossOf(loss, outputs, batch.labels), outputs, ...gradients]
}

/** The mean loss, and its gradients for all parameters. */
export function composedGradients(
  batch: Batch,
  layers: readonly NetworkLayer[],
  loss: LossName,
  convolve: Convolve = convolveAsOne,
): { loss: tf.Tensor; gradients: tf.Tensor[] } {
  const mean = (...parameters: tf.Tensor[]) =>
    tf.mean(lossOf(loss, composedForward(batch, layers, parameters, convolve), batch.labels))
  const { value, grads } = tf.valueAndGrads(mean)([...batch.parameters])
  return { loss: value, gradients: grads }
}

function lossOf(loss: LossName, outputs: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const classes = outputs.shape[1]
  const truth = tf.oneHot(labels, classes).toFloat()
  if (loss === 'CrossEntropyLoss') return tf.sum<tf.Tensor1D>(tf.logSoftmax(outputs).mul(truth), 1).neg()
  const right = outputs.mul(truth).sum(1, true)
  if (loss === 'NLLLoss') return tf.squeeze<tf.Tensor1D>(right.neg(), [1])
  const excess = tf.relu(outputs.sub(right).add(1)).mul(tf.sub(1, truth))
  return tf.sum<tf.Tensor1D>(excess, 1).div(classes)
}
