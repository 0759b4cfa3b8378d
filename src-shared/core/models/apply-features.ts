// What a network knows of an image just before it decides: the input of its last layer. Judging how strange an image is, and
// finding images like it, rest on it.
import * as tf from '@tensorflow/tfjs'
import { applyNetwork } from './apply-network.ts'
import type { Network } from './network.ts'

/** Features and logits of images. */
export interface FeaturesAndLogits {
  /** [batch, features] */
  readonly features: tf.Tensor2D
  /** [batch, classes] */
  readonly logits: tf.Tensor2D
}

/** How many features an image has. */
export function countFeatures(network: Network): number {
  return network.layers.at(-1)?.input[0] ?? 0
}

/**
 * @param parameters weights and biases in the order of `listParameters`
 * @param images [batch, height, width, channels], 0..1
 */
export function applyFeatures(
  network: Network,
  parameters: readonly tf.Tensor[],
  images: tf.Tensor4D,
): FeaturesAndLogits {
  const before = { ...network, layers: network.layers.slice(0, -1) }
  const last = { ...network, layers: network.layers.slice(-1) }
  const features = applyNetwork(before, parameters.slice(0, -2), images)
  const logits = applyNetwork(last, parameters.slice(-2), features as tf.Tensor as tf.Tensor4D)
  return { features, logits }
}
