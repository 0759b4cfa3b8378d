import { expect, it } from 'vitest'
import { describeEpoch } from '#main/training/log-lines.ts'

/** Of four batches of 32 images and a last one of 4, so that the mean over the batches is another figure. */
function measured(correct: number) {
  return { loss: 0.5, accuracy: 0.1, exactLoss: 0.5, correct, count: 132 }
}

it('the log of a run says of each split which share of its images was right, as its table does', () => {
  const splits = { train: measured(66), validation: measured(99), test: measured(33) }
  const line = describeEpoch({ epoch: 2, ...splits, elapsedMs: 1000, imagesPerSecond: 132 }, 3)
  expect(line).toBe('Epoch 2 of 3: loss 0.5000, accuracy 50.00 %, validation 75.00 %, test 25.00 %.')
})
