import { expect, it } from 'vitest'
import { spreadOf } from '#shared/core/statistics/spread.ts'

it('gives the mean and the sample standard deviation', () => {
  const spread = spreadOf([2, 4, 4, 4, 5, 5, 7, 9])
  expect(spread?.mean).toBe(5)
  expect(spread?.deviation).toBeCloseTo(Math.sqrt(32 / 7), 12)
})

it('gives no deviation for a single value, and nothing for none', () => {
  expect(spreadOf([0.5])).toEqual({ count: 1, mean: 0.5, deviation: null })
  expect(spreadOf([])).toBeNull()
})
