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
function sgd(
  options: Sgd,
  weight: number,
  slope: number,
  velocity: number,
): { weight: number; velocity: number } {
  const { learningRate, momentum, dampening, nesterov, weightDecay, step } = options
  const decayed = slope + weightDecay * weight
  if (momentum === 0) return { weight: weight - learningRate * decayed, velocity }
  const moved = step === 1 ? decayed : momentum * velocity + (1 - dampening) * decayed
  const direction = nesterov ? decayed + momentum * moved : moved
  return { weight: weight - learningRate * direction, velocity: moved }
}

/** torch.optim.Adam for one number. */
function adam(options: Adam, weight: number, slope: number, first: number, second: number) {
  const { learningRate, beta1, beta2, epsilon, weightDecay, step } = options
  const decayed = slope + weightDecay * weight
  const mean = beta1 * first + (1 - beta1) * decayed
  const square = beta2 * second + (1 - beta2) * decayed ** 2
  const scale = Math.sqrt(square) / Math.sqrt(1 - beta2 ** step) + epsilon
  return { weight: weight - ((learningRate / (1 - beta1 ** step)) * mean) / scale, mean, square }
}

const sgdCases: Omit<Sgd, 'step'>[] = [
  { name: 'SGD', learningRate: 0.1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 },
  { name: 'SGD', learningRate: 0.05, momentum: 0.9, dampening: 0, nesterov: false, weightDecay: 1e-3 },
  { name: 'SGD', learningRate: 0.05, momentum: 0.8, dampening: 0.3, nesterov: false, weightDecay: 0 },
  { name: 'SGD', learningRate: 0.05, momentum: 0.9, dampening: 0, nesterov: true, weightDecay: 1e-2 },
]

test.each(sgdCases)(
  'five steps of $name with momentum $momentum, dampening $dampening, nesterov $nesterov',
  async (options) => {
    const [weights, slopes] = [randomValues([5, 7], 1), randomValues([5, 7], 2)]
    const results = await computeOn('simd', [weights, slopes], ([weights, gradient]) => {
      let current = [weights as tf.Tensor, tf.zeros([5, 7])]
      for (let step = 1; step <= 5; step++) {
        const [moved = tf.zeros([0]), velocity = tf.zeros([5, 7])] = current
        const inputs = { weights: moved, gradient: gradient as tf.Tensor, velocity }
        current = runKernel('SgdUpdate', inputs, { ...options, step })
      }
      return current
    })
    weights.values.forEach((weight, index) => {
      let expected = { weight, velocity: 0 }
      for (let step = 1; step <= 5; step++) {
        expected = sgd({ ...options, step }, expected.weight, slopes.values[index] ?? NaN, expected.velocity)
      }
      expect(results[0]?.values[index]).toBeCloseTo(expected.weight, 5)
    })
  },
)

test('five steps of Adam with weight decay', async () => {
  const options = {
    name: 'Adam',
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 1e-2,
  } as const
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
    ...{ epsilon: 1e-8, weightDecay: 0, step: 3 },
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
