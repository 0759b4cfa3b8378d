import fc from 'fast-check'
import { expect, it } from 'vitest'
import { thinEpochs } from '#shared/compare/thin-epochs.ts'
import type { EpochMetrics } from '#shared/run.ts'

function epoch(number: number, accuracy: number): EpochMetrics {
  const metrics = {
    loss: 1 - accuracy,
    accuracy,
    exactLoss: 1 - accuracy,
    correct: Math.round(accuracy * 1000),
    count: 1000,
  }
  return {
    epoch: number,
    train: metrics,
    validation: metrics,
    test: null,
    elapsedMs: number,
    imagesPerSecond: 1,
  }
}

it('leaves short runs as they are', () => {
  const epochs = [epoch(1, 0.5), epoch(2, 0.6)]
  expect(thinEpochs(epochs, 2)).toBe(epochs)
})

it('keeps the first, the last and the best of a long run, in order, and few others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 101, maxLength: 700 }),
      (values) => {
        const epochs = values.map((accuracy, index) => epoch(index + 1, accuracy))
        const kept = thinEpochs(epochs, 50)
        expect(kept.length).toBeLessThanOrEqual(50 + 5)
        expect(kept[0]).toBe(epochs[0])
        expect(kept.at(-1)).toBe(epochs.at(-1))
        const most = Math.max(...epochs.map(({ validation }) => validation?.correct ?? 0))
        expect(kept.some(({ validation }) => validation?.correct === most)).toBe(true)
        const numbers = kept.map((one) => one.epoch)
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
      },
    ),
  )
})
