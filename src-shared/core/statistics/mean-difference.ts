// Does one setting give higher values than another? The mean difference over seeds, with Student's interval: paired
// where both were trained with the same seeds, Welch's where they were not.
import type { Interval } from './intervals.ts'
import { spreadOf } from './spread.ts'
import { studentQuantile, studentTail } from './student-t.ts'

export interface MeanDifference {
  readonly kind: 'paired' | 'welch'
  /** Seeds of the first and of the second; of pairs both are the same. */
  readonly counts: readonly [number, number]
  /** First minus second. */
  readonly difference: number
  /** 95 %. */
  readonly interval: Interval
  /** Two-sided. */
  readonly p: number
  readonly degrees: number
}

/**
 * Student's test of the differences of pairs. Null where there is no spread to judge by: fewer than two pairs, or
 * differences that are all the same.
 */
export function pairedMeanDifference(
  pairs: readonly (readonly [first: number, second: number])[],
): MeanDifference | null {
  const spread = spreadOf(pairs.map(([first, second]) => first - second))
  if (spread === null || spread.deviation === null) return null
  const error = spread.deviation / Math.sqrt(spread.count)
  return judge('paired', [spread.count, spread.count], spread.mean, error, spread.count - 1)
}

/** Welch 1947, for samples that need not vary alike. Null where either has fewer than two values, or none vary. */
export function welchMeanDifference(
  first: readonly number[],
  second: readonly number[],
): MeanDifference | null {
  const one = spreadOf(first)
  const other = spreadOf(second)
  if (one === null || other === null || one.deviation === null || other.deviation === null) return null
  const oneShare = one.deviation ** 2 / one.count
  const otherShare = other.deviation ** 2 / other.count
  const variance = oneShare + otherShare
  const degrees = variance ** 2 / (oneShare ** 2 / (one.count - 1) + otherShare ** 2 / (other.count - 1))
  return judge('welch', [one.count, other.count], one.mean - other.mean, Math.sqrt(variance), degrees)
}

function judge(
  kind: MeanDifference['kind'],
  counts: readonly [number, number],
  difference: number,
  standardError: number,
  degrees: number,
): MeanDifference | null {
  if (!(standardError > Math.abs(difference) * Number.EPSILON * 16)) return null
  const half = studentQuantile(0.05, degrees) * standardError
  return {
    kind,
    counts,
    difference,
    interval: { low: difference - half, high: difference + half },
    p: studentTail(difference / standardError, degrees),
    degrees,
  }
}

/** The 95 % interval of a mean over seeds; null for fewer than two values. */
export function meanInterval(values: readonly number[]): Interval | null {
  const spread = spreadOf(values)
  if (spread === null || spread.deviation === null) return null
  const half = (studentQuantile(0.05, spread.count - 1) * spread.deviation) / Math.sqrt(spread.count)
  return { low: spread.mean - half, high: spread.mean + half }
}
