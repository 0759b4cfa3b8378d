// Every kernel of the simd engine against TensorFlow.js's cpu backend, over random shapes, strides and paddings.
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SimdEngine } from '#main/engines/simd.ts'
import { computeOn, largestDifference, randomValues, startEngine, type Values } from './engines.ts'

let engine: SimdEngine
beforeAll(async () => {
  engine = await startEngine(3)
})
afterAll(() => engine.dispose())

const RUNS = { numRuns: 60, seed: 42 }
const TOLERANCE = 2e-5

async function expectAgreement(
  inputs: Values[],
  compute: (tensors: tf.Tensor[]) => tf.Tensor[],
): Promise<void> {
  const expected = await computeOn('cpu', inputs, compute)
  const actual = await computeOn('simd', inputs, compute)
  expect(largestDifference(actual, expected)).toBeLessThan(TOLERANCE)
}

const convolution = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  height: fc.integer({ min: 7, max: 13 }),
  width: fc.integer({ min: 7, max: 13 }),
  channels: fc.integer({ min: 1, max: 13 }),
  filters: fc.integer({ min: 1, max: 27 }),
  kernel: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  pad: fc.constantFrom('same' as const, 'valid' as const, 0, 1, 2),
  activation: fc.constantFrom('linear' as const, 'relu' as const, 'sigmoid' as const),
  seed: fc.integer(),
})

/** TensorFlow.js computes a wrong output size for a numeric padding and a filter that is not square. */
function repaired<Case extends { pad: 'same' | 'valid' | number; kernel: [number, number] }>(
  given: Case,
): Case {
  return typeof given.pad === 'number' ? { ...given, kernel: [given.kernel[0], given.kernel[0]] } : given
}

test('convolutions with bias and activation, and all their gradients, agree with the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(convolution.map(repaired), async (given) => {
      const { batch, height, width, channels, filters, kernel, strides, pad, activation, seed } = given
      const x = randomValues([batch, height, width, channels], seed)
      const filter = randomValues([...kernel, channels, filters], seed + 1)
      const bias = randomValues([filters], seed + 2)
      await expectAgreement([x, filter, bias], ([x, filter, bias]) => {
        const forward = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
          tf.fused.conv2d({
            ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides, pad, activation },
          })
        const output = forward(x as tf.Tensor, filter as tf.Tensor, bias as tf.Tensor)
        const weights = tf.mul(output, 0.37).add(0.1)
        const gradients = tf.grads((x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
          forward(x, filter, bias).mul(weights).sum(),
        )
        // The cpu backend knows no gradient of a fused sigmoid: only its output is compared.
        if (activation === 'sigmoid') return [output]
        return [output, ...gradients([x, filter, bias] as tf.Tensor[])]
      })
    }),
    RUNS,
  )
}, 60_000)

test('pooling, and its gradients, agree with the cpu backend', async () => {
  const pooling = fc.record({
    batch: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 5, max: 14 }),
    width: fc.integer({ min: 5, max: 14 }),
    channels: fc.integer({ min: 1, max: 13 }),
    window: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.integer(),
  })
  await fc.assert(
    fc.asyncProperty(pooling, async ({ batch, height, width, channels, window, strides, pad, seed }) => {
      const images = randomValues([batch, height, width, channels], seed)
      await expectAgreement([images], ([images]) => {
        const results = [tf.maxPool, tf.avgPool].flatMap((pool) => {
          const forward = (x: tf.Tensor) => pool(x as tf.Tensor4D, window, strides, pad)
          const output = forward(images as tf.Tensor)
          return [output, tf.grad((x) => forward(x).mul(output).sum())(images as tf.Tensor)]
        })
        return results
      })
    }),
    RUNS,
  )
}, 60_000)

test('matrix products in all four orders, with bias and activation, agree with the cpu backend', async () => {
  const product = fc.record({
    rows: fc.integer({ min: 1, max: 70 }),
    inner: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 40 }),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    activation: fc.constantFrom('linear' as const, 'relu' as const, 'elu' as const),
    seed: fc.integer(),
  })
  await fc.assert(
    fc.asyncProperty(product, async ({ rows, inner, columns, transposeA, transposeB, activation, seed }) => {
      const a = randomValues(transposeA ? [inner, rows] : [rows, inner], seed)
      const b = randomValues(transposeB ? [columns, inner] : [inner, columns], seed + 1)
      const bias = randomValues([columns], seed + 2)
      await expectAgreement([a, b, bias], ([a, b, bias]) => {
        const forward = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
          tf.fused.matMul({ a, b, bias, transposeA, transposeB, activation })
        const tensors = [a, b, bias] as [tf.Tensor, tf.Tensor, tf.Tensor]
        const output = forward(...tensors)
        if (activation === 'elu') return [output]
        return [output, ...tf.grads((a, b, bias) => forward(a, b, bias).mul(output).sum())(tensors)]
      })
    }),
    RUNS,
  )
}, 60_000)

test('elementwise arithmetic, sums, softmax and gathered rows agree with the cpu backend', async () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 1, max: 90 }),
    columns: fc.integer({ min: 1, max: 70 }),
    seed: fc.integer(),
  })
  await fc.assert(
    fc.asyncProperty(shapes, async ({ rows, columns, seed }) => {
      const a = randomValues([rows, columns], seed)
      const b = randomValues([rows, columns], seed + 1)
      const row = randomValues([columns], seed + 2)
      await expectAgreement([a, b, row], ([a, b, row]) => {
        const [left, right, vector] = [a, b, row] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]
        const picked = tf.tensor1d([rows - 1, 0, Math.floor(rows / 2)], 'int32')
        return [
          ...[
            left.add(right),
            left.sub(right),
            left.mul(right),
            left.add(vector),
            left.mul(0.3),
            left.div(7),
          ],
          ...[left.relu(), left.step(), left.sum(0), left.sum(0, true), left.sum(), left.sum(1)],
          ...[tf.softmax(left.mul(20)), tf.logSoftmax(left.mul(20)), tf.gather(left, picked)],
        ]
      })
    }),
    RUNS,
  )
}, 60_000)
