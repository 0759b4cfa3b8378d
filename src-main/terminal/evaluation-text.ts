// An evaluation as text for people: classes with their intervals, confusions, and what the confidence is worth.
import { classIntervals } from '#shared/core/statistics/class-intervals.ts'
import type { Interval } from '#shared/core/statistics/intervals.ts'
import type { Confusion } from '#shared/core/statistics/rank-confusions.ts'
import type { ConfidenceReport } from '#shared/evaluation.ts'
import type { ClassScores } from '#shared/run.ts'
import { decimals, grouped, percent } from './numbers.ts'
import { renderTable } from './text-table.ts'

export function describeClassIntervals(
  classNames: readonly string[],
  matrix: readonly (readonly number[])[],
  scores: readonly ClassScores[],
): string[] {
  const intervals = classIntervals(matrix)
  const rows = scores.map(({ precision, recall, f1, support }, label) => [
    classNames[label] ?? String(label),
    ...[percent(precision), write(intervals[label]?.precision)],
    ...[percent(recall), write(intervals[label]?.recall)],
    ...[percent(f1), write(intervals[label]?.f1)],
    grouped(support),
  ])
  const header = ['Class', 'Precision', '95 %', 'Recall', '95 %', 'F1', '95 %', 'Images']
  return renderTable([header, ...rows])
}

export function describeRankedConfusions(
  classNames: readonly string[],
  confusions: readonly Confusion[],
): string[] {
  const nameOf = (label: number): string => classNames[label] ?? String(label)
  const rows = confusions.map(({ truth, answer, count, share }) => [
    `  ${nameOf(truth)} taken for ${nameOf(answer)}`,
    grouped(count),
    `${percent(share)} of ${nameOf(truth)}`,
  ])
  return rows.length === 0 ? ['  none'] : renderTable(rows, [0, 2])
}

export function describeConfidence(report: ConfidenceReport): string[] {
  const { temperature, isAtLimit, engine } = report
  const rows = (['validation', 'test'] as const).map((split) => {
    const { given, scaled, count } = report[split]
    return [
      `${split === 'test' ? 'Test' : 'Validation'}, ${grouped(count)}`,
      ...[percent(given.expected), percent(scaled.expected)],
      ...[decimals(given.surprise), decimals(scaled.surprise)],
    ]
  })
  return [
    `Temperature ${temperature.toFixed(3)}, fitted on the validation images: it changes confidences and no answer.`,
    ...(isAtLimit ? ['It stands at the end of what is searched: no temperature fits.'] : []),
    ...renderTable([['Images', 'ECE before', 'after', 'NLL before', 'after'], ...rows]),
    `ECE: expected calibration error in 15 bins; NLL: negative log likelihood. Measured with the engine ${engine}.`,
  ]
}

function write(interval: Interval | null | undefined): string {
  if (interval === null || interval === undefined) return '-'
  const share = (value: number): string => (value * 100).toFixed(1)
  return `${share(interval.low)} to ${share(interval.high)}`
}
