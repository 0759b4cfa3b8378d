// How much the probability of a class falls when a part of the image is covered, whatever the form of the image: windows
// of it are set to nothing in turn, all colours at once. Where they lie and how losses are spread: photo/occlusion.ts.
import * as tf from '@tensorflow/tfjs'
import { applyNetwork } from '../models/apply-network.ts'
import type { LiveParameters } from '../models/live-parameters.ts'
import type { Network } from '../models/network.ts'
import { coverWindows, spreadLosses } from '../photo/occlusion.ts'
import { applyWholeNetwork } from '../training/whole-step.ts'

const IMAGES_AT_ONCE = 64

/**
 * @param input height * width * channels bytes
 * @returns for each pixel the mean loss over the windows that cover it: above 0 where the answer rests on it
 */
export async function occludeImage(
  network: Network,
  parameters: LiveParameters,
  input: Uint8Array,
  label: number,
): Promise<Float32Array> {
  const { height, width } = network.task
  const image = Float32Array.from(input, (byte) => Math.fround(byte / 255))
  const seen = coverWindows(new Uint8Array(height * width).fill(1), width, height) // [windows, height, width]
  const count = seen.length / (height * width)
  const [whole = 0] = await answerImages(network, parameters, image, label)
  const covered: number[] = []
  for (let from = 0; from < count; from += IMAGES_AT_ONCE) {
    const part = seen.subarray(from * height * width, (from + IMAGES_AT_ONCE) * height * width)
    covered.push(...(await answerImages(network, parameters, coverImage(network, image, part), label)))
  }
  return Float32Array.from(spreadLosses(whole, covered, width, height))
}

/** The image once for each map of `seen`, black where that is 0. [maps, height, width, channels] */
function coverImage({ task: { channels } }: Network, image: Float32Array, seen: Uint8Array): Float32Array {
  const images = new Float32Array(seen.length * channels)
  for (let from = 0; from < images.length; from += image.length) images.set(image, from)
  for (let pixel = 0; pixel < seen.length; pixel++)
    if (seen[pixel] === 0) images.fill(0, pixel * channels, (pixel + 1) * channels)
  return images
}

/** The probability of the class for each image. */
async function answerImages(
  network: Network,
  parameters: LiveParameters,
  values: Float32Array,
  label: number,
): Promise<number[]> {
  const { height, width, channels } = network.task
  const probabilities = tf.tidy(() => {
    const images = tf.tensor4d(values, [values.length / (height * width * channels), height, width, channels])
    const logits = applyWholeNetwork(network, parameters, images) ?? applyNetwork(network, parameters, images)
    return tf.reshape(tf.slice(tf.softmax(logits), [0, label], [-1, 1]), [-1]) // [images]
  })
  try {
    return Array.from(await probabilities.data())
  } finally {
    probabilities.dispose()
  }
}
