// How much the probability of a class falls when a part of the image is covered, whatever the form of the image: windows
// of it are set to nothing in turn, all colours at once. Where they lie and how losses are spread: photo/occlusion.ts.
import * as tf from '@tensorflow/tfjs'
import { applyNetwork } from '../models/apply-network.ts'
import type { LiveParameters } from '../models/live-parameters.ts'
import type { Network } from '../models/network.ts'
import { coverWindows, spreadLosses } from '../photo/occlusion.ts'

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
  const [whole = 0] = await answerAll(network, parameters, input, label)
  const covered = await answerAll(network, parameters, coverImage(network, input), label)
  return Float32Array.from(spreadLosses(whole, covered, width, height))
}

/** The image with each window covered, one after the other. */
function coverImage({ task: { height, width, channels } }: Network, input: Uint8Array): Uint8Array {
  const seen = coverWindows(new Uint8Array(height * width).fill(1), width, height) // 0 where it is covered
  const images = new Uint8Array(seen.length * channels)
  for (let at = 0; at < images.length; at++)
    images[at] = (input[at % input.length] ?? 0) * (seen[Math.floor(at / channels)] ?? 0)
  return images
}

/** The probability of the class for each image. */
async function answerAll(
  network: Network,
  parameters: LiveParameters,
  images: Uint8Array,
  label: number,
): Promise<number[]> {
  const { height, width, channels } = network.task
  const size = height * width * channels
  const answers: number[] = []
  for (let from = 0; from < images.length; from += IMAGES_AT_ONCE * size) {
    const part = images.subarray(from, from + IMAGES_AT_ONCE * size)
    const values = Float32Array.from(part, (byte) => Math.fround(byte / 255))
    const probabilities = tf.tidy(() => {
      const batch = tf.tensor4d(values, [values.length / size, height, width, channels])
      const shares = tf.softmax(applyNetwork(network, parameters, batch)) // [batch, classes]
      return tf.reshape(tf.slice(shares, [0, label], [-1, 1]), [-1])
    })
    try {
      answers.push(...(await probabilities.data()))
    } finally {
      probabilities.dispose()
    }
  }
  return answers
}
