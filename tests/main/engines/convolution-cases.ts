// Convolutions of every kind that a network could ask for, each compared with plain arithmetic on the running engine.
import * as tf from '@tensorflow/tfjs'
import type { EngineName } from '#shared/engine.ts'
import { readTensors } from '../../read-tensors.ts'
import { compare, convolve, drawNumbers, sizeOutput, type Convolution } from './plain-arithmetic.ts'

export const PADDINGS = ['same', 'valid', 1, 2] as const

/** Square kernels of 1 to 5 with odd sizes and channels; others where the padding is not a number. */
export function listConvolutions(stride: number, padding: Convolution['padding']): Convolution[] {
  const kernels = [1, 2, 3, 4, 5].map((side) => [side, side] as const)
  const others =
    typeof padding === 'number'
      ? []
      : ([
          [1, 3],
          [4, 2],
          [5, 1],
        ] as const)
  return [...kernels, ...others].flatMap(([rows, columns]) => [
    { batch: 2, height: 7, width: 9, inputs: 3, outputs: 5, rows, columns, stride, padding },
    { batch: 3, height: 6, width: 5, inputs: 1, outputs: 1, rows, columns, stride, padding },
  ])
}

/**
 * TensorFlow.js's wasm backend goes wrong forward with the padding 'same' and a stride when only one side needs zeros.
 * The networks use 'same' with stride 1 alone.
 */
function isWrongForward(engine: EngineName, { padding, stride }: Convolution): boolean {
  return engine === 'wasm' && padding === 'same' && stride > 1
}

/** Zeros around the images where the padding is a number, as networks have it: not every engine takes a number. */
function surround(images: tf.Tensor4D, padding: Convolution['padding']): tf.Tensor4D {
  if (typeof padding !== 'number') return images
  const sides: [number, number] = [padding, padding]
  return tf.pad(images, [[0, 0], sides, sides, [0, 0]])
}

/** How far values and gradients of a convolution are from plain arithmetic. */
export async function compareConvolution(engine: EngineName, convolution: Convolution): Promise<number> {
  const { batch, height, width, inputs, outputs, rows, columns, stride, padding } = convolution
  const output = sizeOutput(convolution)
  const images = drawNumbers(batch * height * width * inputs, 1)
  const filter = drawNumbers(rows * columns * inputs * outputs, 2)
  const bias = drawNumbers(outputs, 3)
  const upstream = drawNumbers(
    output.reduce((product, side) => product * side, 1),
    4,
  )
  const expected = convolve(convolution, images, filter, bias, upstream)
  const found = await readTensors(() => {
    const forward = (...[x, w, b]: tf.Tensor[]) =>
      tf.fused.conv2d({
        x: surround(x as tf.Tensor4D, padding),
        filter: w as tf.Tensor4D,
        bias: b as tf.Tensor1D,
        strides: stride,
        pad: typeof padding === 'number' ? 'valid' : padding,
      })
    const operands = [
      tf.tensor(images, [batch, height, width, inputs]),
      tf.tensor(filter, [rows, columns, inputs, outputs]),
      tf.tensor(bias),
    ]
    const gradients = tf.grads(forward)(operands, tf.tensor(upstream, output))
    return [forward(...operands), ...gradients]
  })
  const references = [expected.values, expected.ofImages, expected.ofFilter, expected.ofBias]
  const differences = references.map((reference, index) => compare(found[index] ?? [], reference))
  return Math.max(...(isWrongForward(engine, convolution) ? differences.slice(1) : differences))
}
