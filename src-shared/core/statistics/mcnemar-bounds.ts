// McNemar's test where only totals are known: how many of the same images each of two models has right, class by class,
// but not which. The test then lies between two ends: as few disagreements as the totals allow, and as many.
import { type McNemar, testMcNemar } from './mcnemar.ts'

/** Images of one class, or of several that are not told apart, and how many each model has right. */
export interface SharedTotals {
  readonly count: number
  readonly first: number
  readonly second: number
}

export interface McNemarBounds {
  /** Where the models are right on the same images as far as can be: the smallest p. */
  readonly fewest: McNemar
  /** Where they are right on different images as far as can be: the largest p. */
  readonly most: McNemar
}

/** @throws RangeError for counts that are not whole, are negative, or exceed the images */
export function boundMcNemar(totals: readonly SharedTotals[]): McNemarBounds {
  const sum = (pick: (one: SharedTotals) => number): number =>
    totals.reduce((total, one) => total + pick(one), 0)
  for (const { count, first, second } of totals)
    if (Math.max(first, second) > count)
      throw new RangeError(`${Math.max(first, second)} of ${count} images cannot be right`)
  return {
    fewest: testMcNemar(
      sum(({ first, second }) => Math.max(0, first - second)),
      sum(({ first, second }) => Math.max(0, second - first)),
    ),
    most: testMcNemar(
      sum(({ count, first, second }) => Math.min(first, count - second)),
      sum(({ count, first, second }) => Math.min(second, count - first)),
    ),
  }
}
