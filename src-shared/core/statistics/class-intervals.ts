// How far precision, recall and F1 of a class may lie from the truth, by the images that speak for each.
import { type Interval, wilsonInterval } from './intervals.ts'

/** 95 % intervals; null where the score itself is: a share of nothing. */
export interface ClassIntervals {
  readonly precision: Interval | null
  readonly recall: Interval | null
  readonly f1: Interval | null
}

/** For each class, from counts [true class][predicted class]. */
export function classIntervals(matrix: readonly (readonly number[])[]): readonly ClassIntervals[] {
  return matrix.map((row, label) => {
    const hits = row[label] ?? 0
    const support = sum(row)
    const predicted = sum(matrix.map((other) => other[label] ?? 0))
    return {
      precision: predicted === 0 ? null : wilsonInterval(hits, predicted),
      recall: support === 0 ? null : wilsonInterval(hits, support),
      f1: support + predicted === 0 ? null : f1Interval(hits, support + predicted - hits),
    }
  })
}

/**
 * F1 is no share of anything that was counted, but it is 2 F* / (1 + F*), where F* is one: of the images that are of the
 * class or taken for it, those that are both (Hand, Christen and Kirielle 2021, "F*: an interpretable transformation of
 * the F-measure"). So its interval is Wilson's of F*, transformed alike, which never falls and stays inside 0..1.
 * @param hits images that are of the class and taken for it
 * @param either images that are of the class or taken for it, at least one
 */
export function f1Interval(hits: number, either: number): Interval {
  const { low, high } = wilsonInterval(hits, either)
  const transform = (share: number): number => (2 * share) / (1 + share)
  return { low: transform(low), high: transform(high) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
