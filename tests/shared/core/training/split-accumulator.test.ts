import { describe, expect, it } from 'vitest'
import { SplitAccumulator } from '#shared/core/training/split-accumulator.ts'

describe('the accumulator of a split', () => {
  it('weighs every batch alike for the paper, and every image alike for the exact figures', () => {
    const accumulator = new SplitAccumulator()
    accumulator.add(1, 2, 4)
    accumulator.add(4, 1, 1)
    expect(accumulator.compute()).toEqual({
      loss: 2.5,
      accuracy: 0.75,
      exactLoss: 8 / 5,
      correct: 3,
      count: 5,
    })
  })

  it('says the mean loss and the share of right images while it is filled, 0 before the first batch', () => {
    const accumulator = new SplitAccumulator()
    const means = () => [accumulator.loss, accumulator.exactAccuracy]
    const empty = means()
    accumulator.add(2, 1, 2)
    accumulator.add(4, 2, 2)
    accumulator.add(3, 0, 1)
    expect([empty, means()]).toEqual([
      [0, 0],
      [3, 3 / 5],
    ])
  })

  it('refuses to compute from nothing', () => {
    expect(() => new SplitAccumulator().compute()).toThrow('metrics of a split need at least one batch')
  })
})
