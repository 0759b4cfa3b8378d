// The difference of two accuracies on the same images, with its interval.
import { type Interval, Z_95 } from './intervals.ts'

export interface ShareDifference {
  /** First minus second, -1..1. */
  readonly difference: number
  /** 95 %. */
  readonly interval: Interval
}

/**
 * Wald's interval after adding one image to each of the two cells in which the answers differ (Bonett and Price 2012;
 * recommended for paired shares by Fagerland and others 2014). It is never of width 0.
 * @param count all images; at least firstOnly + secondOnly
 */
export function pairedShareDifference(
  firstOnly: number,
  secondOnly: number,
  count: number,
): ShareDifference | null {
  if (count <= 0) return null
  const first = (firstOnly + 1) / (count + 2)
  const second = (secondOnly + 1) / (count + 2)
  const middle = first - second
  const half = Z_95 * Math.sqrt((first + second - middle * middle) / (count + 2))
  const interval = { low: Math.max(-1, middle - half), high: Math.min(1, middle + half) }
  return { difference: (firstOnly - secondOnly) / count, interval }
}
