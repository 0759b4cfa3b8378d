// The inside of a network on one image, ready to be looked at: the contract's answer unpacked, with every layer's sizes.
import {
  type ConvolutionLayer,
  type DenseLayer,
  type PoolingLayer,
  type Shape,
  taskFor,
} from '../core/models/layers.ts'
import { buildNetwork, type Network, type SizedLayer } from '../core/models/network.ts'
import { toProbabilities } from '../core/statistics/temperature.ts'
import type { InsideAnswer } from '../contract/inspect.ts'
import { unpackBytes, unpackFloats } from './packed-floats.ts'

export type { ConvolutionLayer, DenseLayer, PoolingLayer, Shape, SizedLayer }

export interface InsideLayer extends SizedLayer {
  /** What it was given, of its input shape. */
  readonly given: Float32Array
  /** What it made, of its output shape. */
  readonly values: Float32Array
  /** The same before the activation; null where it has none. */
  readonly sums: Float32Array | null
}

export interface Inside extends Omit<InsideAnswer, 'layers' | 'pixels'> {
  /** height * width * channels bytes. */
  readonly pixels: Uint8Array
  /** As the network is given it: 0..1. */
  readonly image: Float32Array
  readonly network: Network
  readonly layers: readonly InsideLayer[]
  readonly logits: Float32Array
  /** Softmax of the logits. */
  readonly probabilities: Float32Array
  /** The class with the largest logit. */
  readonly answered: number
}

/** @throws RangeError where the answer's layers are not those of its model */
export function openInside(answer: InsideAnswer): Inside {
  const { model, classNames } = answer
  const network = buildNetwork(model, taskFor(answer, classNames.length))
  const pixels = unpackBytes(answer.pixels)
  const image = Float32Array.from(pixels, (byte) => byte / 255)
  let given: Float32Array = image
  const layers = network.layers.map((sized, index): InsideLayer => {
    const told = answer.layers[index]
    if (told?.name !== sized.layer.name)
      throw new RangeError(`nothing is told of the layer ${sized.layer.name}`)
    const values = unpackFloats(told.values)
    const layer = { ...sized, given, values, sums: told.sums === null ? null : unpackFloats(told.sums) }
    given = values
    return layer
  })
  const logits = given
  const answered = logits.reduce((best, value, label) => (value > (logits[best] ?? NaN) ? label : best), 0)
  const probabilities = toProbabilities(logits, 1)
  return { ...answer, pixels, image, network, layers, logits, probabilities, answered }
}
