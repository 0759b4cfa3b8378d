import { expect, it } from 'vitest'
import { trainingProgressSchema } from '#shared/run-events.ts'
import { ProgressThinner } from '#main/training/progress-thinner.ts'

const BATCHES = 1000

function progressAt(batch: number) {
  return {
    epoch: 1,
    batch,
    batches: BATCHES,
    batchLoss: 1 / batch,
    loss: 0.5,
    accuracy: 0.8,
    imagesPerSecond: 9000,
    remainingMs: batch < 2 ? null : 1000,
  }
}

/** What a thinner says when a batch takes `batchMs`. */
function reportAll(batchMs: number) {
  const thinner = new ProgressThinner()
  return Array.from({ length: BATCHES }, (_, index) =>
    thinner.add(progressAt(index + 1), index * batchMs),
  ).filter((report) => report !== null)
}

it('reports the first batch at once, then four times a second, and the last one', () => {
  const reports = reportAll(2)
  expect(reports.map(({ batch }) => batch)).toEqual([1, 126, 251, 376, 501, 626, 751, 876, 1000])
  for (const report of reports) expect(trainingProgressSchema.parse(report)).toEqual(report)
})

it('gives each report the losses since the last one, at most twenty, the newest among them', () => {
  const [first, second, ...others] = reportAll(2)
  expect(first?.batchLosses).toEqual([{ epoch: 1, batch: 1, loss: 1 }])
  expect(second?.batchLosses.length).toBeLessThanOrEqual(20)
  expect(second?.batchLosses.at(-1)).toEqual({ epoch: 1, batch: 126, loss: 1 / 126 })
  for (const { batch, batchLosses } of others) {
    expect(batchLosses.length).toBeLessThanOrEqual(20)
    expect(batchLosses.at(-1)?.batch).toBe(batch)
  }
})

it('gives every loss when batches are slow', () => {
  const losses = reportAll(100).flatMap((report) => report.batchLosses.map(({ batch }) => batch))
  expect(losses).toEqual(Array.from({ length: BATCHES }, (_, index) => index + 1))
})

it('tells the memory of the process', () => {
  expect(reportAll(1)[0]?.memoryBytes).toBeGreaterThan(10_000_000)
})
