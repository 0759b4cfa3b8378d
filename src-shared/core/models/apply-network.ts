// The forward pass: a network's layers as TensorFlow.js calls, in order. Works on any backend and is differentiable.
import * as tf from '@tensorflow/tfjs'
import type { ActivationName } from '../../experiment.ts'
import { type ConvolutionLayer, LEAKY_SLOPE } from './layers.ts'
import type { SizedLayer, Network } from './network.ts'

/**
 * From images to logits.
 * @param parameters weights and biases in the order of `listParameters`
 * @param images [batch, height, width, channels], 0..1
 * @param dropoutMasks one for each dropout layer, of that layer's shape, already scaled; none when not training
 * @returns logits [batch, classes]
 */
export function applyNetwork(
  network: Network,
  parameters: readonly tf.Tensor[],
  images: tf.Tensor4D,
  dropoutMasks: readonly tf.Tensor[] = [],
): tf.Tensor2D {
  return applyLayers(network.layers, parameters, images, dropoutMasks) as tf.Tensor2D
}

/**
 * The same for layers that follow each other in a network, such as those after the one that is looked at.
 * @param parameters of these layers alone
 * @param values [batch, …] of the first layer's input shape
 * @returns [batch, …] of the last layer's output shape
 */
export function applyLayers(
  layers: readonly SizedLayer[],
  parameters: readonly tf.Tensor[],
  values: tf.Tensor,
  dropoutMasks: readonly tf.Tensor[] = [],
): tf.Tensor {
  const remaining = [...parameters]
  const masks = [...dropoutMasks]
  return layers.reduce((reached, layer) => applyLayer(layer, reached, remaining, masks).output, values)
}

/** What a layer made, [batch, …]; `sums` is what its activation was given, the output itself where it has none. */
export interface AppliedLayer {
  readonly sums: tf.Tensor
  readonly output: tf.Tensor
}

/** Takes what the layer needs from the front of `parameters` and `masks`. */
export function applyLayer(
  sized: SizedLayer,
  values: tf.Tensor,
  parameters: tf.Tensor[],
  masks: tf.Tensor[] = [],
): AppliedLayer {
  const sums = computeSums(sized, values, parameters, masks)
  const { layer } = sized
  return { sums, output: 'activation' in layer ? activate(sums, layer.activation) : sums }
}

function computeSums(
  { layer, output }: SizedLayer,
  values: tf.Tensor,
  parameters: tf.Tensor[],
  masks: tf.Tensor[],
): tf.Tensor {
  switch (layer.kind) {
    case 'convolution': {
      const [filter, bias] = takeTwo(parameters)
      return convolve(layer, values as tf.Tensor4D, filter as tf.Tensor4D, bias) // [batch, height, width, filters]
    }
    case 'pooling': {
      const pool = layer.pooling === 'max' ? tf.maxPool : tf.avgPool
      return pool(values as tf.Tensor4D, layer.size, layer.size, 'valid')
    }
    case 'flatten':
      return tf.reshape(values, [-1, output[0] ?? 0]) // [batch, height * width * channels]
    case 'dropout': {
      const mask = masks.shift()
      return mask === undefined ? values : tf.mul(values, mask)
    }
    case 'dense': {
      const [weight, bias] = takeTwo(parameters)
      return tf.fused.matMul({ a: values, b: weight, bias }) // [batch, units]
    }
    default:
      return layer satisfies never
  }
}

/** Not every engine takes a number as padding: 'same' where it means that, and zeros of our own otherwise. */
function convolve(
  { kernelSize, stride, padding }: ConvolutionLayer,
  images: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor,
): tf.Tensor4D {
  const keepsSize = stride === 1 && padding > 0 && padding === (kernelSize - 1) / 2
  const around: [number, number] = [padding, padding]
  const x = keepsSize || padding === 0 ? images : tf.pad(images, [[0, 0], around, around, [0, 0]])
  return tf.fused.conv2d({ x, filter, bias, strides: stride, pad: keepsSize ? 'same' : 'valid' })
}

function takeTwo(parameters: tf.Tensor[]): readonly [tf.Tensor, tf.Tensor] {
  const [weight, bias] = parameters.splice(0, 2)
  if (weight === undefined || bias === undefined) {
    throw new RangeError('fewer parameters were given than the network has')
  }
  return [weight, bias]
}

function activate(values: tf.Tensor, activation: ActivationName | null): tf.Tensor {
  switch (activation) {
    case null:
      return values
    case 'relu':
      return tf.relu(values)
    case 'leaky-relu':
      return tf.leakyRelu(values, LEAKY_SLOPE)
    case 'tanh':
      return tf.tanh(values)
    case 'sigmoid':
      return tf.sigmoid(values)
    default:
      return activation satisfies never
  }
}
