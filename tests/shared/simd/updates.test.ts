// The optimizers' kernels against PyTorch's formulas, written out here in double precision.
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SimdEngine } from '#main/engines/simd.ts'
import type { OptimizerStep } from '#shared/simd/network/optimizer.ts'
import { computeOn, randomValues, startEngine } from './engines.ts'
import { runKernel, runTrainingStep, tinyVggLayers, tinyVggParameters } from './networks.ts'

let engine: SimdEngine
beforeAll(async () => {
  engine = await startEngine(2)
})
afterAll(() => engine.dispose())

type Sgd = Extract<OptimizerStep, { name: 'SGD' }>
type Adam = Extract<OptimizerStep, { name: 'Adam' }>

/** torch.optim.SGD for one number. */
function sgd({ learningRate, momentum }: Sgd, weight: number, slope: number, velocity: number) {
  const moved = momentum === 0 ? slope : momentum * velocity + slope
  return { weight: weight - learningRate * moved, velocity: moved }
}

/** torch.optim.Adam for one number. */
function adam(options: Adam, weight: number, slope: number, first: number, second: number) {
  const { learningRate, beta1, beta2, epsilon, step } = options
  const mean = beta1 * first + (1 - beta1) * slope
  const square = beta2 * second + (1 - beta2) * slope ** 2
  const scale = Math.sqrt(square) / Math.sqrt(1 - beta2 ** step) + epsilon
  return { weight: weight - ((learningRate / (1 - beta1 ** step)) * mean) / scale, mean, square }
}

test.each([0, 0.9])('a whole step of SGD with momentum %d moves as its gradients say', async (momentum) => {
  const optimizer: Sgd = { name: 'SGD', learningRate: 0.05, momentum }
  const parameters = tinyVggParameters(4, 4)
  const velocities = parameters.map(({ shape }, index) => randomValues(shape, 50 + index, 0.1))
  const shared = { layers: tinyVggLayers(), loss: 'CrossEntropyLoss' } as const
  const inputs = [randomValues([3, 28, 28, 1], 6), ...parameters, ...velocities]
  const results = await computeOn('simd', inputs, (tensors) => {
    const batch = {
      ...{ images: tensors[0] as tf.Tensor4D, labels: tf.tensor1d([0, 1, 2], 'int32') },
      ...{ parameters: tensors.slice(1, 11), masks: [] },
    }
    const named = tensors.slice(11).map((velocity, index) => [`velocity${index}`, velocity] as const)
    const states = momentum === 0 ? {} : Object.fromEntries(named)
    const [, , ...gradients] = runTrainingStep(batch, { ...shared, optimizer: { name: 'none' } })
    const [, , ...updated] = runTrainingStep({ ...batch, states }, { ...shared, optimizer })
    return [...gradients, ...updated]
  })
  expect(results).toHaveLength(momentum === 0 ? 20 : 30)
  parameters.forEach(({ values }, index) => {
    const [gradient, updated, moved] = [0, 10, 20].map((from) => results[from + index]?.values)
    const expected = [...values].map((weight, at) =>
      sgd(optimizer, weight, gradient?.[at] ?? NaN, velocities[index]?.values[at] ?? NaN),
    )
    expected.forEach(({ weight, velocity }, at) => {
      expect(updated?.[at]).toBeCloseTo(weight, 6)
      if (moved) expect(moved[at]).toBeCloseTo(velocity, 6)
    })
  })
})

test('five steps of Adam', async () => {
  const options = { name: 'Adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
  const [weights, slopes] = [randomValues([131], 1), randomValues([131], 2)]
  const results = await computeOn('simd', [weights, slopes], ([weights, gradient]) => {
    let [moved, first, second] = [weights as tf.Tensor, tf.zeros([131]), tf.zeros([131])]
    for (let step = 1; step <= 5; step++) {
      const inputs = { weights: moved, gradient: gradient as tf.Tensor, first, second }
      const updated = runKernel('AdamUpdate', inputs, { ...options, step })
      ;[moved = moved, first = first, second = second] = updated
    }
    return [moved]
  })
  weights.values.forEach((weight, index) => {
    let expected = { weight, mean: 0, square: 0 }
    for (let step = 1; step <= 5; step++) {
      const slope = slopes.values[index] ?? NaN
      expected = adam({ ...options, step }, expected.weight, slope, expected.mean, expected.square)
    }
    expect(results[0]?.values[index]).toBeCloseTo(expected.weight, 5)
  })
})

test('a whole step updates as its gradients and the single update do', async () => {
  const parameters = tinyVggParameters(10, 4)
  const states = parameters.map(({ shape }, index) => randomValues(shape, 50 + index, 0.01))
  const optimizer: Adam = {
    ...{ name: 'Adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999 },
    ...{ epsilon: 1e-8, step: 3 },
  }
  const results = await computeOn(
    'simd',
    [randomValues([5, 28, 28, 1], 6), ...parameters, ...states],
    (tensors) => {
      const batch = {
        ...{ images: tensors[0] as tf.Tensor4D, labels: tf.tensor1d([0, 1, 2, 3, 4], 'int32') },
        ...{ parameters: tensors.slice(1, 11), masks: [] },
      }
      const moments = tensors.slice(11).map((state) => [state, state.square()] as const)
      const named = moments.flatMap(([first, second], index) => [
        [`first${index}`, first] as const,
        [`second${index}`, second] as const,
      ])
      const shared = { layers: tinyVggLayers(), loss: 'CrossEntropyLoss' } as const
      const whole = runTrainingStep({ ...batch, states: Object.fromEntries(named) }, { ...shared, optimizer })
      const [, , ...gradients] = runTrainingStep(batch, { ...shared, optimizer: { name: 'none' } })
      const single = gradients.map((gradient, index) => {
        const [first, second] = moments[index] ?? []
        const weights = batch.parameters[index] as tf.Tensor
        const inputs = { weights, gradient, first: first as tf.Tensor, second: second as tf.Tensor }
        return runKernel('AdamUpdate', inputs, optimizer)
      })
      return [
        ...whole.slice(2),
        ...[0, 1, 2].flatMap((part) => single.map((outputs) => outputs[part] as tf.Tensor)),
      ]
    },
  )
  expect(results).toHaveLength(60)
  expect(results.slice(0, 30)).toEqual(results.slice(30))
})
