// The promise that resuming and comparing runs rests on: the number of threads changes no bit.
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import type { OptimizerStep } from '#shared/simd/network/optimizer.ts'
import { computeOn, randomValues, startEngine } from './engines.ts'
import { runKernel, runTrainingStep, tinyVggLayers, tinyVggParameters } from './networks.ts'

const layers = tinyVggLayers()
const IMAGES = 70

/** Ten steps with batches of 32, the last of them short, then a forward pass: every parameter and output. */
async function train(optimizer: OptimizerStep): Promise<Float32Array[]> {
  const parameters = tinyVggParameters(10, 1)
  const zeros = parameters.map(({ shape, values }) => ({ shape, values: values.map(() => 0) }))
  const results = await computeOn(
    'simd',
    [randomValues([IMAGES, 28, 28, 1], 3), ...parameters, ...zeros],
    (tensors) => {
      const [images] = tensors as [tf.Tensor4D]
      let current = tensors.slice(1, 11)
      let velocities = tensors.slice(11)
      const labels = tf.tensor1d(
        Array.from({ length: IMAGES }, (_, index) => index % 10),
        'int32',
      )
      for (let step = 0; step < 10; step++) {
        const size = step % 3 === 2 ? 6 : 32
        const rows = tf.tensor1d(
          Array.from({ length: size }, (_, index) => (step * 13 + index * 7) % IMAGES),
          'int32',
        )
        const states = Object.fromEntries(velocities.map((velocity, index) => [`velocity${index}`, velocity]))
        const [, , ...updated] = runTrainingStep(
          {
            ...{ images: tf.gather(images, rows), labels: tf.gather(labels, rows) },
            ...{ parameters: current, states, masks: [] },
          },
          { layers, loss: 'CrossEntropyLoss', optimizer },
        )
        current = updated.slice(0, 10)
        velocities = updated.slice(10)
      }
      const inputs: Record<string, tf.Tensor> = { images }
      current.forEach((parameter, index) => (inputs[`parameter${index}`] = parameter))
      return [...current, ...runKernel('NetworkForward', inputs, { layers })]
    },
  )
  return results.map(({ values }) => values)
}

/** The same with ordinary kernels: a convolution, pooling, a matrix product and their gradients. */
async function differentiate(): Promise<Float32Array[]> {
  const inputs = [randomValues([37, 20, 18, 3], 8), randomValues([5, 5, 3, 17], 9), randomValues([17], 10)]
  const results = await computeOn('simd', inputs, (tensors) => {
    const forward = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) => {
      const strides = [1, 2] as [number, number]
      const convolved = tf.fused.conv2d({
        ...{
          x: x as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          bias,
          strides,
          pad: 'same',
          activation: 'relu',
        },
      })
      return tf
        .softmax(tf.maxPool(convolved, 2, 2, 'valid').reshape([37, -1]))
        .square()
        .sum()
    }
    return tf.grads(forward)(tensors)
  })
  return results.map(({ values }) => values)
}

test('1, 2, 3, 4 and 16 threads give the same bits in training, inference and single kernels', async () => {
  const sgd: OptimizerStep = { name: 'SGD', learningRate: 0.1, momentum: 0.9 }
  const results: Float32Array[][] = []
  for (const threads of [1, 2, 3, 4, 16]) {
    const engine = await startEngine(threads)
    results.push([...(await train(sgd)), ...(await differentiate())])
    engine.dispose()
  }
  const [first, ...others] = results
  for (const other of others) expect(other).toEqual(first)
})
