// How one value of a layer came to be, step by step: the window that a kernel or a pooling looked at, products, sums,
// bias, activation. Plain arithmetic over what the layer was given, so that the page can show every number of it.
import type { ActivationName } from '../experiment.ts'
import { type ConvolutionLayer, LEAKY_SLOPE, type PoolingLayer, type Shape } from '../core/models/layers.ts'

/** A map's pixel. */
export interface Pixel {
  readonly row: number
  readonly column: number
}

/** A square of a map; it may reach over the edges into the padding. */
export interface Window extends Pixel {
  readonly size: number
}

/** One input map's part in one value of a convolution. */
export interface WindowSum {
  readonly channel: number
  /** size * size values of the input map, 0 where the window reaches over an edge. */
  readonly values: readonly number[]
  /** The kernel for this input map, as large. */
  readonly kernel: readonly number[]
  /** Sum of their products. */
  readonly sum: number
}

export interface ConvolutionValue {
  readonly window: Window
  readonly parts: readonly WindowSum[]
  readonly bias: number
  /** All parts and the bias. */
  readonly sum: number
  readonly value: number
}

/** The value at a place in a layer's output of [height, width, channels]. */
export function valueAt(values: ArrayLike<number>, shape: Shape, at: Pixel, channel: number): number {
  const [height = 0, width = 0, channels = 1] = shape
  if (at.row < 0 || at.column < 0 || at.row >= height || at.column >= width) return 0
  return values[(at.row * width + at.column) * channels + channel] ?? NaN
}

/** One channel of [height, width, channels] as a map of its own. */
export function takeMap(values: ArrayLike<number>, shape: Shape, channel: number): Float32Array {
  const [height = 0, width = 0, channels = 1] = shape
  return Float32Array.from({ length: height * width }, (_, at) => values[at * channels + channel] ?? NaN)
}

/**
 * @param input values of the layer's input, of shape `shape`
 * @param kernels [row, column, in] of the map that is asked about
 * @param at the pixel of that map
 */
export function explainConvolution(
  layer: Pick<ConvolutionLayer, 'kernelSize' | 'stride' | 'padding' | 'activation'>,
  input: ArrayLike<number>,
  shape: Shape,
  kernels: ArrayLike<number>,
  bias: number,
  at: Pixel,
): ConvolutionValue {
  const { kernelSize: size, stride, padding } = layer
  const window = { row: at.row * stride - padding, column: at.column * stride - padding, size }
  const channels = shape[2] ?? 1
  const parts = Array.from({ length: channels }, (_, channel): WindowSum => {
    const values = readWindow(input, shape, window, channel)
    const kernel = values.map((_value, cell) => kernels[cell * channels + channel] ?? NaN)
    return {
      channel,
      values,
      kernel,
      sum: values.reduce((sum, value, i) => sum + value * (kernel[i] ?? 0), 0),
    }
  })
  const sum = parts.reduce((total, part) => total + part.sum, bias)
  return { window, parts, bias, sum, value: activateNumber(sum, layer.activation) }
}

export interface PooledValue {
  readonly window: Window
  readonly values: readonly number[]
  /** The place in `values` that was kept; null for an average, which keeps a part of each. */
  readonly kept: number | null
  readonly value: number
}

/** Of equal values the first is kept. */
export function explainPooling(
  { pooling, size }: Pick<PoolingLayer, 'pooling' | 'size'>,
  input: ArrayLike<number>,
  shape: Shape,
  at: Pixel,
  channel: number,
): PooledValue {
  const window = { row: at.row * size, column: at.column * size, size }
  const values = readWindow(input, shape, window, channel)
  if (pooling === 'average') {
    const value = values.reduce((sum, one) => sum + one, 0) / values.length
    return { window, values, kept: null, value }
  }
  const kept = values.reduce((best, value, place) => (value > (values[best] ?? NaN) ? place : best), 0)
  return { window, values, kept, value: values[kept] ?? NaN }
}

/** The pixels of an input map that a max pooling let through, one for each of its output's. */
export function listKept(
  layer: Pick<PoolingLayer, 'pooling' | 'size'>,
  input: ArrayLike<number>,
  shape: Shape,
  output: Shape,
  channel: number,
): readonly Pixel[] {
  const [height = 0, width = 0] = output
  return Array.from({ length: height * width }, (_, place) => ({
    row: Math.floor(place / width),
    column: place % width,
  })).flatMap((at) => {
    const { window, kept } = explainPooling(layer, input, shape, at, channel)
    if (kept === null) return []
    return [
      {
        row: window.row + Math.floor(kept / window.size),
        column: window.column + (kept % window.size),
      },
    ]
  })
}

function readWindow(input: ArrayLike<number>, shape: Shape, window: Window, channel: number): number[] {
  const { row, column, size } = window
  return Array.from({ length: size * size }, (_, cell) =>
    valueAt(input, shape, { row: row + Math.floor(cell / size), column: column + (cell % size) }, channel),
  )
}

/** As the network's activation does with one number. */
export function activateNumber(value: number, activation: ActivationName | null): number {
  switch (activation) {
    case null:
      return value
    case 'relu':
      return Math.max(0, value)
    case 'leaky-relu':
      return value >= 0 ? value : value * LEAKY_SLOPE
    case 'tanh':
      return Math.tanh(value)
    case 'sigmoid':
      return 1 / (1 + Math.exp(-value))
    default:
      return activation satisfies never
  }
}
