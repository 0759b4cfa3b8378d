// Runs the same computation on the simd engine and on TensorFlow.js's cpu backend, and says how far apart they are.
import * as tf from '@tensorflow/tfjs'
import { buildKernels } from '#main/build-kernels.ts'
import { startSimdEngine, type SimdEngine } from '#main/engines/simd.ts'

/** Starts the engine for a test, with kernels that are built if a source has changed. */
export async function startEngine(threads: number): Promise<SimdEngine> {
  await buildKernels()
  return startSimdEngine({ threads })
}

/** Numbers for a tensor, before any backend has seen them. */
export interface Values {
  readonly shape: number[]
  readonly values: Float32Array
}

/** A small generator of its own (xorshift), so that a seed of fast-check gives the same numbers everywhere. */
export function randomValues(shape: number[], seed: number, scale = 1): Values {
  let state = (seed * 2654435761 + 1) | 0
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state / 2 ** 31) * scale
  })
  return { shape, values }
}

/** The results of `compute` on a backend, as plain arrays; no tensor is left. */
export async function computeOn(
  backend: 'simd' | 'cpu',
  inputs: readonly Values[],
  compute: (tensors: tf.Tensor[]) => tf.Tensor[],
): Promise<{ shape: number[]; values: Float32Array }[]> {
  await tf.setBackend(backend)
  return tf.tidy(() => {
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values.slice(), shape, 'float32'))
    return compute(tensors).map((tensor) => ({
      shape: tensor.shape,
      values: tensor.dataSync().slice() as Float32Array,
    }))
  })
}

/** The largest difference between two results, relative to the larger of 1 and the largest number. */
export function largestDifference(
  actual: readonly { shape: number[]; values: Float32Array }[],
  expected: readonly { shape: number[]; values: Float32Array }[],
): number {
  if (JSON.stringify(actual.map(({ shape }) => shape)) !== JSON.stringify(expected.map(({ shape }) => shape)))
    return Infinity
  const differences = actual.map(({ values }, index) => {
    const others = expected[index]?.values ?? new Float32Array()
    const scale = others.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    return values.reduce(
      (largest, value, at) => worse(largest, Math.abs(value - (others[at] ?? NaN)) / scale),
      0,
    )
  })
  return differences.reduce(worse, 0)
}

/** NaN counts as worst. */
function worse(first: number, second: number): number {
  return first >= second ? first : Number.isNaN(second) ? Infinity : second
}
