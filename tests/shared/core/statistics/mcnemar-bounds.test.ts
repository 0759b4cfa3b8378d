import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundMcNemar } from '#shared/core/statistics/mcnemar-bounds.ts'
import { testMcNemar } from '#shared/core/statistics/mcnemar.ts'

/** For each image: its class, and whether the first and the second model have it right. */
const answers = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.boolean(), fc.boolean()), { maxLength: 80 })

describe('bounds of McNemar’s test', () => {
  it('hold the test of every way in which the totals can come about', () => {
    fc.assert(
      fc.property(answers, (images) => {
        const totals = [0, 1, 2, 3].map((label) => {
          const own = images.filter(([truth]) => truth === label)
          return {
            count: own.length,
            first: own.filter(([, first]) => first).length,
            second: own.filter(([, , second]) => second).length,
          }
        })
        const { p } = testMcNemar(
          images.filter(([, first, second]) => first && !second).length,
          images.filter(([, first, second]) => !first && second).length,
        )
        const { fewest, most } = boundMcNemar(totals)
        expect(p).toBeGreaterThanOrEqual(fewest.p * (1 - 1e-12))
        expect(p).toBeLessThanOrEqual(most.p * (1 + 1e-12))
      }),
      { numRuns: 500 },
    )
  })

  it('are the test itself where the totals leave one way only', () => {
    const { fewest, most } = boundMcNemar([{ count: 20, first: 20, second: 12 }])
    expect(fewest).toEqual(most)
    expect(fewest).toEqual(testMcNemar(8, 0))
  })

  it('are drawn closer by classes that are told apart', () => {
    const apart = boundMcNemar([
      { count: 10, first: 10, second: 0 },
      { count: 10, first: 0, second: 10 },
    ])
    const together = boundMcNemar([{ count: 20, first: 10, second: 10 }])
    expect(apart.fewest).toEqual(testMcNemar(10, 10))
    expect(together.fewest).toEqual(testMcNemar(0, 0))
    expect(together.most).toEqual(testMcNemar(10, 10))
  })

  it('refuse totals that cannot be', () => {
    expect(() => boundMcNemar([{ count: 3, first: 4, second: 1 }])).toThrow(/4 of 3 images/)
    expect(() => boundMcNemar([{ count: 3, first: -1, second: 1 }])).toThrow(RangeError)
  })
})
