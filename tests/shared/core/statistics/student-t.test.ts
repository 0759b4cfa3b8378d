import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logGamma } from '#shared/core/statistics/gamma.ts'
import { incompleteBeta } from '#shared/core/statistics/incomplete-beta.ts'
import { studentQuantile, studentTail } from '#shared/core/statistics/student-t.ts'
import { expectClose, SCIPY } from './scipy.ts'

const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
const degrees = fc.double({ min: 1, max: 500, noNaN: true })

describe("Student's t", () => {
  it("has SciPy's tails and quantiles to eleven digits", () => {
    for (const [t, df, value] of SCIPY.studentTail) expectClose(studentTail(t, df), value)
    for (const [tail, df, value] of SCIPY.studentQuantile) expectClose(studentQuantile(tail, df), value)
  })

  it('has the quantiles that every textbook prints: 12.706, 2.776 and 2.045', () => {
    expect(studentQuantile(0.05, 1)).toBeCloseTo(12.706, 3)
    expect(studentQuantile(0.05, 4)).toBeCloseTo(2.776, 3)
    expect(studentQuantile(0.05, 29)).toBeCloseTo(2.045, 3)
  })

  it('has the tail that a finite series gives for an even number of degrees', () => {
    // Abramowitz and Stegun 26.7.4; all terms are positive, so that it keeps its digits.
    for (const [t, df] of [
      [0.3, 2],
      [1.5, 4],
      [1.9799304050824538, 120],
      [2.1, 400],
    ] as const) {
      const cosine = df / (df + t * t)
      let term = 1
      let sum = 1
      for (let k = 1; k < df / 2; k++) sum += term *= (cosine * (2 * k - 1)) / (2 * k)
      expectClose(1 - studentTail(t, df), (sum * t) / Math.sqrt(df + t * t), 1e-13)
    }
  })

  it('gives back the tail that a quantile was asked for', () => {
    fc.assert(
      fc.property(share, degrees, (tail, df) =>
        expectClose(studentTail(studentQuantile(tail, df), df), tail, 1e-9),
      ),
    )
  })

  it('falls as t grows, is the same for -t, and is 0 at infinity', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), degrees, (t, df) => {
        expect(studentTail(t + 0.1, df)).toBeLessThanOrEqual(studentTail(t, df))
        expect(studentTail(-t, df)).toBe(studentTail(t, df))
      }),
    )
    expect(studentTail(Infinity, 3)).toBe(0)
  })

  it('refuses what has no answer', () => {
    expect(() => studentTail(1, 0)).toThrow('above 0')
    expect(() => studentQuantile(1, 3)).toThrow('between 0 and 1')
  })
})

describe('what it is made of', () => {
  it("is SciPy's logarithm of the gamma function", () => {
    for (const [x, value] of SCIPY.logGamma) expectClose(logGamma(x), value, 1e-13)
    expect(() => logGamma(0)).toThrow('above 0')
  })

  it('gives the logarithms of factorials', () => {
    let factorial = 1
    for (let n = 2; n <= 20; n++) {
      factorial *= n
      expectClose(logGamma(n + 1), Math.log(factorial), 1e-14)
    }
  })

  it("is SciPy's incomplete beta function, and its own mirror image", () => {
    for (const [x, a, b, value] of SCIPY.incompleteBeta) expectClose(incompleteBeta(x, a, b), value)
    fc.assert(
      fc.property(share, degrees, degrees, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 10)
      }),
    )
    expect([incompleteBeta(0, 1, 2), incompleteBeta(1, 1, 2)]).toEqual([0, 1])
    expect(() => incompleteBeta(1.1, 1, 2)).toThrow('1.1')
  })
})
