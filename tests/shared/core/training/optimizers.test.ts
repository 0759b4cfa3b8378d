import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '#main/build-kernels.ts'
import { startEngine } from '#main/engines/start-engine.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { completeExperiment, type OptimizerSettings } from '#shared/experiment.ts'

const GRADIENTS = [0.5, -2, 0.25, 1e-6, 3]

/** One weight that starts at 1 and follows the gradients, with the slots that it had after each step. */
function follow(optimizer: Partial<OptimizerSettings> & { name: 'sgd' | 'adam' }, learningRate: number) {
  const experiment = completeExperiment({ dataset: 'any', optimizer, learningRate }, 0)
  const built = buildOptimizer(experiment)
  return tf.tidy(() => {
    let weight: tf.Tensor = tf.scalar(1)
    let slots: readonly tf.Tensor[] = built.slotNames.map(() => tf.scalar(0))
    return GRADIENTS.map((gradient, index) => {
      const updated = built.update(weight, tf.scalar(gradient), slots, index + 1)
      weight = updated.parameter
      slots = updated.slots
      return [weight, ...slots].map((tensor) => tensor.dataSync()[0] ?? Number.NaN)
    })
  })
}

function expectClose(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  found.flat().forEach((value, index) => {
    const reference = expected.flat()[index] ?? Number.NaN
    expect(Math.abs(value - reference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(reference)))
  })
  expect(found.map((step) => step.length)).toEqual(expected.map((step) => step.length))
}

beforeAll(() => buildKernels())

describe('SGD', () => {
  beforeAll(() => startEngine('cpu'))

  it('goes down the gradient and keeps nothing beside the weight', () => {
    expectClose(follow({ name: 'sgd' }, 0.1), [[0.95], [1.15], [1.125], [1.1249999], [0.8249999]])
  })

  it('with momentum adds the share of its last step, undamped, the first step being the gradient', () => {
    const velocities = [0.5, -1.55, -1.145, -1.030499, 2.0725509]
    const weights = [0.95, 1.105, 1.2195, 1.3225499, 1.11529481]
    expectClose(
      follow({ name: 'sgd', momentum: 0.9 }, 0.1),
      weights.map((weight, index) => [weight, velocities[index] ?? Number.NaN]),
    )
  })
})

describe.each(['cpu', 'simd'] as const)('Adam on %s', (engine) => {
  beforeAll(() => startEngine(engine))

  /** The formulas of torch.optim.Adam in double precision. */
  function adam(rate: number, beta1: number, beta2: number, epsilon: number): number[][] {
    let weight = 1
    let mean = 0
    let square = 0
    return GRADIENTS.map((gradient, index) => {
      mean = beta1 * mean + (1 - beta1) * gradient
      square = beta2 * square + (1 - beta2) * gradient ** 2
      const unbiasedMean = mean / (1 - beta1 ** (index + 1))
      const unbiasedSquare = square / (1 - beta2 ** (index + 1))
      weight -= (rate * unbiasedMean) / (Math.sqrt(unbiasedSquare) + epsilon)
      return [weight, mean, square]
    })
  }

  it('follows the formulas of the paper with the betas 0.9 and 0.999', () => {
    expectClose(follow({ name: 'adam' }, 0.001), adam(0.001, 0.9, 0.999, 1e-8))
  })

  it('follows them with other betas, and with an epsilon that matters', () => {
    const settings = { name: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const
    expectClose(follow(settings, 0.01), adam(0.01, 0.5, 0.9, 0.1))
  })

  it('takes a first step of the learning rate, whatever the gradient, because its epsilon is 1e-8', () => {
    expect(follow({ name: 'adam' }, 0.001)[0]?.[0]).toBeCloseTo(0.999, 6)
  })
})

it('a step of Adam is a single kernel on simd', async () => {
  await startEngine('simd')
  const optimizer = buildOptimizer(completeExperiment({ dataset: 'any', optimizer: { name: 'adam' } }, 0))
  const { kernelNames } = await tf.profile(() =>
    tf.tidy(() => optimizer.update(tf.scalar(1), tf.scalar(2), [tf.scalar(0), tf.scalar(0)], 1).parameter),
  )
  expect(kernelNames).toEqual(['AdamUpdate'])
})

describe.each(['cpu', 'simd'] as const)('an update on %s', (engine) => {
  beforeAll(() => startEngine(engine))

  it.each([{ name: 'sgd' } as const, { name: 'sgd', momentum: 0.5 } as const, { name: 'adam' } as const])(
    'of %o names a slot for each that it returns, and leaves what it was given alone',
    (settings) => {
      const optimizer = buildOptimizer(completeExperiment({ dataset: 'any', optimizer: settings }, 0))
      const given = tf.tidy(() => [
        tf.scalar(1),
        tf.scalar(2),
        ...optimizer.slotNames.map(() => tf.scalar(3)),
      ])
      const [parameter, gradient, ...slots] = given
      if (parameter === undefined || gradient === undefined) throw new Error('two tensors were made')
      const updated = tf.tidy(() => {
        const { parameter: next, slots: nextSlots } = optimizer.update(parameter, gradient, slots, 1)
        return [next, ...nextSlots]
      })
      expect(updated).toHaveLength(1 + optimizer.slotNames.length)
      expect(given.map((tensor) => tensor.dataSync()[0])).toEqual([1, 2, ...slots.map(() => 3)])
      tf.dispose([given, updated])
    },
  )
})
