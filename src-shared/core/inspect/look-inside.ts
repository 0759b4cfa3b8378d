// One image on its way through a network: what every layer made of it, kept. Nothing is trained and nothing dropped.
import * as tf from '@tensorflow/tfjs'
import { applyLayer } from '../models/apply-network.ts'
import type { LiveParameters } from '../models/live-parameters.ts'
import type { Network } from '../models/network.ts'

/** Values lie as the layer's output shape says: row after row, pixel after pixel, channel after channel. */
export interface LayerValues {
  readonly name: string
  /** After the activation: what the next layer is given. */
  readonly values: Float32Array
  /** Before the activation; null for a layer that has none. */
  readonly sums: Float32Array | null
}

/**
 * @param input height * width * channels bytes
 * @returns what each layer of the network made, in their order; the last one's values are the logits
 */
export async function lookInside(
  network: Network,
  parameters: LiveParameters,
  input: Uint8Array,
): Promise<LayerValues[]> {
  const applied = tf.tidy(() => {
    const remaining = [...parameters]
    let reached: tf.Tensor = toImages(network, input)
    return network.layers.map((layer) => {
      const { sums, output } = applyLayer(layer, reached, remaining)
      reached = output
      return 'activation' in layer.layer && layer.layer.activation !== null ? { sums, output } : { output }
    })
  })
  try {
    return await Promise.all(
      network.layers.map(async ({ layer }, index) => {
        const { output, sums } = applied[index] ?? {}
        return { name: layer.name, values: await read(output), sums: sums ? await read(sums) : null }
      }),
    )
  } finally {
    tf.dispose(applied)
  }
}

/** [1, height, width, channels], 0..1 as in training. */
export function toImages({ task }: Network, input: Uint8Array): tf.Tensor4D {
  const { height, width, channels } = task
  const values = Float32Array.from(input, (byte) => Math.fround(byte / 255))
  return tf.tensor4d(values, [1, height, width, channels])
}

async function read(tensor: tf.Tensor | undefined): Promise<Float32Array> {
  if (tensor === undefined) throw new RangeError('a layer of the network made nothing')
  return Float32Array.from(await tensor.data())
}
