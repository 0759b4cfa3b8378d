import { expect, it } from 'vitest'
import { smooth } from '#shared/core/statistics/smoothing.ts'

it('leaves a constant curve as it is from the first value on', () => {
  for (const value of smooth([3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12)
})

it('is the bias-corrected average, computed by hand', () => {
  const smoothed = smooth([1, 2, 4], 0.5)
  expect(smoothed).toEqual([1, (0.25 + 1) / 0.75, (0.125 + 0.5 + 2) / 0.875])
})

it('changes nothing at weight 0', () => {
  expect(smooth([1, 5, 2], 0)).toEqual([1, 5, 2])
})

it('lets values that are not finite stand and goes on after them', () => {
  const smoothed = smooth([1, Number.NaN, 1], 0.5)
  expect(smoothed).toEqual([1, Number.NaN, 1])
})

it('refuses a weight outside 0 to below 1', () => {
  expect(() => smooth([1], 1)).toThrow('not 1')
})
