import fc from 'fast-check'
import { expect, it } from 'vitest'
import { correctByHolm } from '#shared/core/statistics/holm.ts'

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })

it("gives R's p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm')", () => {
  const corrected = correctByHolm([0.01, 0.04, 0.03, 0.005])
  ;[0.03, 0.06, 0.06, 0.02].forEach((expected, index) => expect(corrected[index]).toBeCloseTo(expected, 12))
})

it('leaves a single p as it is, and has nothing to say of none', () => {
  expect(correctByHolm([0.03])).toEqual([0.03])
  expect(correctByHolm([])).toEqual([])
})

it('never lowers a p, never exceeds Bonferroni or 1, and keeps their order', () => {
  fc.assert(
    fc.property(ps, (values) => {
      const corrected = correctByHolm(values)
      values.forEach((p, index) => {
        const mine = corrected[index] ?? Number.NaN
        expect(mine).toBeGreaterThanOrEqual(p)
        expect(mine).toBeLessThanOrEqual(Math.min(1, p * values.length))
        values.forEach((other, place) => {
          if (p < other) expect(mine).toBeLessThanOrEqual(corrected[place] ?? Number.NaN)
        })
      })
    }),
  )
})
