import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pairedShareDifference } from '#shared/core/statistics/paired-shares.ts'

it('gives the published interval of Bonett and Price for 1 and 7 of 21: -0.508 to -0.013', () => {
  const result = pairedShareDifference(1, 7, 21)
  expect(result?.difference).toBeCloseTo(-6 / 21, 12)
  expect(result?.interval.low).toBeCloseTo(-0.508, 3)
  expect(result?.interval.high).toBeCloseTo(-0.013, 3)
})

it('is mirrored when the models change places, stays within -1 to 1 and is never of width 0', () => {
  const count = fc.integer({ min: 0, max: 500 })
  fc.assert(
    fc.property(count, count, count, (first, second, both) => {
      const n = first + second + both + 1
      const one = pairedShareDifference(first, second, n)
      const other = pairedShareDifference(second, first, n)
      if (one === null || other === null) throw new Error('there are images')
      expect(one.interval.low).toBeCloseTo(-other.interval.high, 12)
      expect(one.interval.low).toBeLessThan(one.interval.high)
      expect(one.interval.low).toBeGreaterThanOrEqual(-1)
      expect(one.interval.high).toBeLessThanOrEqual(1)
    }),
  )
})

it('says nothing of no images', () => {
  expect(pairedShareDifference(0, 0, 0)).toBeNull()
})
