// What our own runs show of a finding, counted and put into a sentence.
import { pairedMeanDifference } from '../core/statistics/mean-difference.ts'
import { isCollapsed, type PaperEvidence, readMetric } from './evidence.ts'
import type { PaperFinding } from './plan.ts'
import { METRIC_NAMES } from './printed-figures.ts'
import { signed } from '../signed-number.ts'
import type { PaperRowResult } from './table-results.ts'

/** Null where a finding asks for nothing to be counted, or its rows have no seed in common yet. */
export function describeFinding({ check }: PaperFinding, rows: readonly PaperRowResult[]): string | null {
  const first = rows.find(({ row }) => row.id === check?.first)
  const second = rows.find(({ row }) => row.id === check?.second)
  if (check === undefined || first === undefined || second === undefined) return null
  if (check.kind === 'collapse') return describeCollapses(first)
  const pairs = pairBySeed(first.evidence, second.evidence)
  if (pairs.length === 0) return null
  return check.kind === 'equal' ? describeEquality(pairs) : describeDifference(first, second, pairs)
}

type Pair = readonly [PaperEvidence, PaperEvidence]

function pairBySeed(first: readonly PaperEvidence[], second: readonly PaperEvidence[]): readonly Pair[] {
  return first.flatMap((one) => {
    const other = second.find(({ seed }) => seed === one.seed)
    return other === undefined ? [] : [[one, other] as const]
  })
}

function describeEquality(pairs: readonly Pair[]): string {
  const equal = pairs.filter(([one, other]) =>
    METRIC_NAMES.every((metric) => readMetric(one, metric) === readMetric(other, metric)),
  ).length
  if (equal === pairs.length)
    return `In our runs all four figures are equal to the last digit, ${seeds(equal)}.`
  const largest = Math.max(...pairs.map(([one, other]) => Math.abs(testAccuracy(one) - testAccuracy(other))))
  return (
    `In our runs all four figures are equal to the last digit for ${equal} of ${pairs.length} seeds; ` +
    `the test accuracies differ by at most ${(100 * largest).toFixed(2)} points.`
  )
}

/** How many seeds died, of those that were trained. */
function describeCollapses({ row, evidence }: PaperRowResult): string | null {
  if (evidence.length === 0) return null
  const collapsed = evidence.filter(isCollapsed).map(({ seed }) => seed)
  const which = collapsed.length === 0 ? '' : ` (${collapsed.join(', ')})`
  return `In our runs of ${row.label}, ${collapsed.length} of ${seeds(evidence.length)} collapsed${which}.`
}

/** Of the seeds with which both learned: a network that died says nothing of its setting's accuracy. */
function describeDifference(first: PaperRowResult, second: PaperRowResult, all: readonly Pair[]): string {
  const pairs = all.filter((pair) => !pair.some(isCollapsed))
  if (pairs.length === 0) return 'In our runs no seed learned with both settings yet.'
  const what = `${first.row.label} minus ${second.row.label}`
  const values = pairs.map(([one, other]) => [testAccuracy(one), testAccuracy(other)] as const)
  const mean = values.reduce((sum, [one, other]) => sum + one - other, 0) / values.length
  const leftOut = all.length - pairs.length
  const without = leftOut === 0 ? '' : `, without ${leftOut} that collapsed`
  const opening = `In our runs, ${what}: ${points(mean)} of test accuracy, ${seeds(pairs.length)}${without}`
  const judged = pairedMeanDifference(values)
  if (judged === null)
    return pairs.length === 1
      ? `${opening}: one pair has no spread to judge by.`
      : `${opening}, the very same for each: there is no spread to judge by.`
  const { low, high } = judged.interval
  const meaning =
    low <= 0 && high >= 0 ? 'no difference is shown' : 'a difference is shown, at 5 % for this pair alone'
  return `${opening} (95 % interval of the paired difference ${signed(100 * low, 2)} to ${signed(100 * high, 2)}): ${meaning}.`
}

function testAccuracy(evidence: PaperEvidence): number {
  return readMetric(evidence, 'testAccuracy') ?? Number.NaN
}

function seeds(count: number): string {
  return count === 1 ? 'one seed' : `${count} seeds`
}

function points(share: number): string {
  return `${signed(100 * share, 2)} points`
}
