import { expect, it } from 'vitest'
import { measureShare } from '../../../src-renderer/state/live-share.ts'

it('is by the last batch that was told of, else by the finished epochs, and never more than the whole', () => {
  expect(measureShare(null, 0, 4)).toBe(0)
  expect(measureShare(null, 3, 4)).toBe(0.75)
  expect(measureShare({ epoch: 2, batch: 5, batches: 10 }, 1, 4)).toBe(0.375)
  expect(measureShare({ epoch: 1, batch: 0, batches: 0 }, 0, 4)).toBe(0)
  expect(measureShare(null, 5, 4)).toBe(1)
  expect(measureShare({ epoch: 5, batch: 10, batches: 10 }, 4, 4)).toBe(1)
})
