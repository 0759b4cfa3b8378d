import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { LOSS_NAMES } from '#shared/experiment.ts'
import { NEEDS_TORCH_FIXTURES, readTorchFixtures } from '../../../reference.ts'
import { differentiateLoss, TORCH_LOSSES } from './loss-gradient.ts'

beforeAll(() => startEngine('cpu'))

function expectAllClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  const largest = Math.max(...found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))))
  expect(largest).toBeLessThan(1e-6)
}

describe.skipIf(NEEDS_TORCH_FIXTURES)(`the loss${NEEDS_TORCH_FIXTURES}`, () => {
  it.each(LOSS_NAMES)('%s has the value and the gradient of PyTorch', async (name) => {
    const { logits, labels, results } = readTorchFixtures().losses
    const expected = results[TORCH_LOSSES[name]]
    const { loss, gradient } = await differentiateLoss(name, logits, labels)
    expectAllClose([loss, ...gradient], [expected.loss, ...expected.grad.flat()])
  })
})

describe('by hand, the loss', () => {
  const logits = [
    [2, 0, 1.5],
    [0, 0, 0],
  ]
  const labels = [0, 2]

  it('multi-margin divides the sum of the margins by the classes, the right one included', async () => {
    const { loss, gradient } = await differentiateLoss('multi-margin', logits, labels)
    // image 1: margins 0 (1 - 2 + 0 < 0) and 0.5, by 3; image 2: twice 1, by 3
    expectAllClose([loss], [(0.5 / 3 + 2 / 3) / 2])
    expectAllClose(gradient, [-1 / 6, 0, 1 / 6, 1 / 6, 1 / 6, -1 / 3])
  })

  it('cross-entropy is log(classes) where all logits are equal, also when they are huge', async () => {
    const { loss, gradient } = await differentiateLoss('cross-entropy', [[1e4, 1e4, 1e4, 1e4]], [1])
    expectAllClose([loss, ...gradient], [Math.log(4), 0.25, -0.75, 0.25, 0.25])
  })

  it('nll-on-logits has no lower bound', async () => {
    expect((await differentiateLoss('nll-on-logits', [[1e6, 0]], [0])).loss).toBe(-1e6)
  })
})
