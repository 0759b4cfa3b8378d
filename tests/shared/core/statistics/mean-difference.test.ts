import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  meanInterval,
  pairedMeanDifference,
  welchMeanDifference,
} from '#shared/core/statistics/mean-difference.ts'
import { expectClose, SCIPY } from './scipy.ts'

const value = fc.integer({ min: 0, max: 10_000 }).map((correct) => correct / 10_000)
const values = fc.array(value, { minLength: 2, maxLength: 12 })

function pairsOf(first: readonly number[], second: readonly number[]): [number, number][] {
  return first.map((one, index) => [one, second[index] ?? Number.NaN])
}

describe('the paired comparison over seeds', () => {
  it("gives SciPy's p and interval", () => {
    for (const { first, second, p, low, high } of SCIPY.paired) {
      const result = pairedMeanDifference(pairsOf(first, second))
      expectClose(result?.p ?? Number.NaN, p, 1e-10)
      expectClose(result?.interval.low ?? Number.NaN, low, 1e-10)
      expectClose(result?.interval.high ?? Number.NaN, high, 1e-10)
    }
  })

  it('has no answer without spread: one pair, or differences that are all the same', () => {
    expect(pairedMeanDifference([])).toBeNull()
    expect(pairedMeanDifference([[0.9, 0.8]])).toBeNull()
    expect(
      pairedMeanDifference([
        [0.9, 0.8],
        [0.7, 0.6],
        [0.4, 0.3],
      ]),
    ).toBeNull()
  })

  it('has an interval that leaves out 0 exactly where p is below 5 %', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 12 }), (pairs) => {
        const result = pairedMeanDifference(pairs)
        if (result === null || Math.abs(result.p - 0.05) < 1e-9) return
        const leavesOut = result.interval.low > 0 || result.interval.high < 0
        expect(leavesOut).toBe(result.p < 0.05)
      }),
    )
  })
})

describe("Welch's comparison of unequal seeds", () => {
  it("gives SciPy's p, degrees of freedom and interval", () => {
    for (const { first, second, p, degrees, low, high } of SCIPY.welch) {
      const result = welchMeanDifference(first, second)
      expectClose(result?.p ?? Number.NaN, p, 1e-10)
      expectClose(result?.degrees ?? Number.NaN, degrees, 1e-10)
      expectClose(result?.interval.low ?? Number.NaN, low, 1e-10)
      expectClose(result?.interval.high ?? Number.NaN, high, 1e-10)
    }
  })

  it('says the opposite when the settings change places', () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const one = welchMeanDifference(first, second)
        const other = welchMeanDifference(second, first)
        expect(one === null).toBe(other === null)
        if (one === null || other === null) return
        expect(one.difference).toBeCloseTo(-other.difference, 12)
        expect(one.p).toBeCloseTo(other.p, 10)
      }),
    )
  })

  it('has no answer for a single seed', () => {
    expect(welchMeanDifference([0.9], [0.8, 0.7])).toBeNull()
    expect(welchMeanDifference([0.9, 0.8], [0.7])).toBeNull()
  })
})

describe('the interval of a mean', () => {
  it('is that of the textbook: 5 values, t of 2.776', () => {
    const interval = meanInterval([1, 2, 3, 4, 5])
    expect(interval?.low).toBeCloseTo(3 - 2.7764451 * Math.sqrt(2.5 / 5), 6)
    expect(meanInterval([1])).toBeNull()
  })
})
