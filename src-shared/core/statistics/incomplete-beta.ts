// The regularized incomplete beta function I_x(a, b): the tail areas of Student's t are values of it.
import { logGamma } from './gamma.ts'

/** Below what a term of the continued fraction may no longer change the result. */
const PRECISION = 1e-16
/** Keeps a denominator from being 0. */
const TINY = 1e-300

/**
 * I_x(a, b) by its continued fraction (Abramowitz and Stegun 26.5.8), evaluated as Lentz did; about 14 digits.
 * @param x 0..1
 * @param a above 0, as b
 * @param rest 1 - x, for a caller who knows it better than the subtraction gives it
 */
export function incompleteBeta(x: number, a: number, b: number, rest = 1 - x): number {
  if (!(x >= 0 && x <= 1))
    throw new RangeError(`the incomplete beta function ends between 0 and 1, not at ${x}`)
  if (x === 0 || x === 1) return x
  // The fraction converges fast on this side only; I_x(a, b) = 1 - I_{1-x}(b, a).
  return x < (a + 1) / (a + b + 2) ? lowerPart(x, a, b, rest) : 1 - lowerPart(rest, b, a, x)
}

function lowerPart(x: number, a: number, b: number, rest: number): number {
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest)
  return (Math.exp(logFront) / a) * continuedFraction(x, a, b)
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    const before = result
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d)
      c = awayFromZero(1 + term / c)
      result *= d * c
    }
    if (Math.abs(result - before) <= PRECISION * Math.abs(result)) return result
  }
  throw new RangeError(`the incomplete beta function of ${x}, ${a}, ${b} did not converge`)
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
