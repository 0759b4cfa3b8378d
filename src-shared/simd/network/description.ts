// A sequential network as the training step's attributes describe it, checked against the tensors that come with it.
// Parameters come in the order of the layers: for each convolution and dense layer its weights, then its bias.
import type { Activation } from '../instructions/activations.ts'

/** Attributes must be plain data that TensorFlow.js can hand to a kernel. */
export type NetworkLayer =
  | {
      readonly kind: 'convolution'
      readonly strides: readonly [down: number, across: number]
      readonly padding: Padding
      readonly activation: Activation
    }
  | {
      readonly kind: 'maxPooling' | 'averagePooling'
      readonly window: readonly [height: number, width: number]
      readonly strides: readonly [down: number, across: number]
      readonly padding: Padding
    }
  /** Reads all of its input's numbers in [height, width, channels] order: no separate flattening is needed. */
  | { readonly kind: 'dense'; readonly activation: Activation }
  /** Multiplies by a mask that the caller draws: 0, or 1 / (1 - rate). In inference it does nothing. */
  | { readonly kind: 'dropout' }

/** Pixels of zeros around the image. */
export interface Padding {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** A layer with all of its sizes. */
export interface SizedLayer {
  readonly layer: NetworkLayer
  readonly input: Size
  readonly output: Size
  /** [rows, columns] of the filter; 1 x 1 for a dense layer, which is a convolution of a 1 x 1 image. */
  readonly filter: readonly [rows: number, columns: number]
  /** Position of the layer's weights among the parameters (its bias follows), or -1. */
  readonly parameter: number
}

export interface Size {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * The layers with their sizes, from the shape of one image and the shapes of all parameters.
 * @throws Error with the first shape that does not fit.
 */
export function sizeNetwork(
  layers: readonly NetworkLayer[],
  image: Size,
  parameterShapes: readonly (readonly number[])[],
): SizedLayer[] {
  const sized: SizedLayer[] = []
  let input = image
  let parameter = 0
  for (const layer of layers) {
    const next = sizeLayer(layer, input, parameterShapes, parameter)
    if (next.parameter >= 0) parameter += 2
    sized.push(next)
    input = next.output
  }
  if (parameter !== parameterShapes.length) {
    throw new Error(
      `The network's layers have ${parameter} parameters, but ${parameterShapes.length} were given.`,
    )
  }
  return sized
}

function sizeLayer(
  layer: NetworkLayer,
  input: Size,
  shapes: readonly (readonly number[])[],
  parameter: number,
): SizedLayer {
  switch (layer.kind) {
    case 'convolution': {
      const [rows = 0, columns = 0, channels = 0, outputs = 0] = shapes[parameter] ?? []
      requireShape(shapes[parameter], [rows, columns, input.channels, outputs], 'filter')
      requireShape(shapes[parameter + 1], [outputs], 'bias')
      const output = { ...windowed(input, [rows, columns], layer.strides, layer.padding), channels: outputs }
      return { layer, input: { ...input, channels }, output, filter: [rows, columns], parameter }
    }
    case 'dense': {
      const inputs = input.height * input.width * input.channels
      const outputs = shapes[parameter]?.[1] ?? 0
      requireShape(shapes[parameter], [inputs, outputs], 'weights')
      requireShape(shapes[parameter + 1], [outputs], 'bias')
      const flat = { height: 1, width: 1, channels: inputs }
      return { layer, input: flat, output: { ...flat, channels: outputs }, filter: [1, 1], parameter }
    }
    case 'maxPooling':
    case 'averagePooling': {
      const output = {
        ...windowed(input, layer.window, layer.strides, layer.padding),
        channels: input.channels,
      }
      return { layer, input, output, filter: [1, 1], parameter: -1 }
    }
    case 'dropout':
      return { layer, input, output: input, filter: [1, 1], parameter: -1 }
    default:
      throw new Error(`The simd engine knows no layer ${JSON.stringify(layer satisfies never)}.`)
  }
}

function windowed(
  input: Size,
  window: readonly [number, number],
  strides: readonly [number, number],
  padding: Padding,
): { height: number; width: number } {
  const whole = [...window, ...strides, padding.top, padding.bottom, padding.left, padding.right]
  const isWhole = whole.every((value, index) => Number.isInteger(value) && value >= (index < 4 ? 1 : 0))
  const height = Math.floor((input.height + padding.top + padding.bottom - window[0]) / strides[0]) + 1
  const width = Math.floor((input.width + padding.left + padding.right - window[1]) / strides[1]) + 1
  if (!isWhole || !(height >= 1) || !(width >= 1)) {
    throw new Error(
      `A window of ${window.join(' x ')} with strides ${strides.join(', ')} and padding ${JSON.stringify(padding)} ` +
        `does not fit an image of ${input.height} x ${input.width}.`,
    )
  }
  return { height, width }
}

/** What follows a layer's sums. */
export function activationOf({ layer }: SizedLayer): Activation {
  return 'activation' in layer ? layer.activation : 'linear'
}

function requireShape(
  actual: readonly number[] | undefined,
  expected: readonly number[],
  what: string,
): void {
  const fits =
    actual?.length === expected.length && actual.every((size, index) => size === expected[index] && size > 0)
  if (!fits) {
    throw new Error(
      `A layer's ${what} has shape [${actual?.join(', ') ?? 'missing'}], expected [${expected.join(', ')}].`,
    )
  }
}
