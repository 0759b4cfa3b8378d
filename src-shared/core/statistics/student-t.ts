// Student's t distribution: how far the mean of a few values may lie from the truth.
import { incompleteBeta } from './incomplete-beta.ts'

/**
 * The chance of a |T| at least as large.
 * @param t any number; infinite gives 0
 * @param degrees of freedom, above 0; they need not be whole (Welch)
 */
export function studentTail(t: number, degrees: number): number {
  if (!(degrees > 0)) throw new RangeError(`degrees of freedom are above 0, not ${degrees}`)
  if (!Number.isFinite(t)) return 0
  const square = t * t
  const whole = degrees + square
  return incompleteBeta(degrees / whole, degrees / 2, 0.5, square / whole)
}

/**
 * The t that |T| exceeds with the chance `tail`: 0.05 gives the factor of a 95 % interval.
 * Bisection down to neighbouring numbers: the tail falls steadily, and it is asked for rarely.
 */
export function studentQuantile(tail: number, degrees: number): number {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`a tail lies between 0 and 1, not at ${tail}`)
  let low = 0
  let high = 1
  while (studentTail(high, degrees) > tail) [low, high] = [high, 2 * high]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (studentTail(middle, degrees) > tail) low = middle
    else high = middle
  }
}
