// Does a row of ours agree with the printed one? Judged by accuracies alone, since losses have no scale of their own, and
// by no finer measure than the paper's own repetitions allow.
import { studentQuantile } from '../core/statistics/student-t.ts'
import { type PaperEvidence, readMetric } from './evidence.ts'
import { FIRST_SEED } from './plan.ts'
import { METRIC_NAMES, type MetricName } from './printed-figures.ts'
import type { PaperCell } from './table-results.ts'

/** 0.6 points, about two standard deviations of the paper's seven figures of one training, SAME_TRAINING_ACCURACIES. */
export const AGREEMENT = 0.006

interface Departure {
  readonly metric: MetricName
  /** Ours minus the printed one, as a share. */
  readonly difference: number
}

export type PaperVerdict =
  /** Not answered yet. */
  | { readonly kind: 'open' }
  /** Answered, and there is nothing to compare with; `reason` says why. */
  | { readonly kind: 'not-compared'; readonly reason: string }
  | ({ readonly kind: 'agrees' } & Departure)
  /** Our mean departs by more, but the printed figure is one that another seed may give: `reason` has the figures. */
  | ({ readonly kind: 'within-seeds'; readonly reason: string } & Departure)
  | ({ readonly kind: 'differs'; readonly reason: string } & Departure)

const NO_REASON = 'No reason is known.'

/**
 * @param departure why it may differ
 * @param evidence of the row
 */
export function judge(
  cells: Readonly<Record<MetricName, PaperCell>>,
  departure: string | null,
  evidence: readonly PaperEvidence[],
): PaperVerdict {
  const departures = METRIC_NAMES.flatMap((metric) => {
    const { difference } = cells[metric]
    return difference === null || metric.endsWith('Loss') ? [] : [{ metric, difference }]
  })
  const [first, ...others] = departures
  if (first === undefined) return { kind: 'not-compared', reason: 'The paper prints no such row.' }
  const worst = others.reduce((a, b) => (Math.abs(b.difference) > Math.abs(a.difference) ? b : a), first)
  if (agrees(worst.difference)) return { kind: 'agrees', ...worst }
  // Where the reason is known it is not chance, however wide the seeds lie.
  const isWithinSeeds = departure === null && departures.every(({ metric }) => isReachable(cells[metric]))
  if (isWithinSeeds)
    return { kind: 'within-seeds', ...worst, reason: describeSeedSpread(worst.metric, evidence) }
  const reason = departure ?? describeSeedSpread(worst.metric, evidence)
  return { kind: 'differs', ...worst, reason: reason === '' ? NO_REASON : reason }
}

/** A hair more than AGREEMENT, so that 0.6 points agree although 0.8879 - 0.8819 is not 0.006 in binary. */
function agrees(difference: number): boolean {
  return Math.abs(difference) <= AGREEMENT + 1e-9
}

/** Fewer seeds say too little of how far a seed moves a figure. */
const FEWEST_SEEDS = 3

/** Whether one more seed would reach the printed figure with 95 %, by the prediction interval of our seeds. */
function isReachable({ spread, difference }: PaperCell): boolean {
  if (difference === null || agrees(difference)) return true
  if (spread === null || spread.deviation === null || spread.count < FEWEST_SEEDS) return false
  const reach = studentQuantile(0.05, spread.count - 1) * spread.deviation * Math.sqrt(1 + 1 / spread.count)
  return Math.abs(difference) <= reach
}

/** How far seeds alone move the figure, and what the paper's own seed gives; '' for a single seed. */
function describeSeedSpread(metric: MetricName, evidence: readonly PaperEvidence[]): string {
  const values = evidence.flatMap((one) => readMetric(one, metric) ?? [])
  if (values.length < 2) return ''
  const percent = (share: number): string => (100 * share).toFixed(2)
  const range = `${percent(Math.min(...values))} to ${percent(Math.max(...values))} %`
  const own = evidence.find(({ seed }) => seed === FIRST_SEED)
  const ofOwn = own === undefined ? null : readMetric(own, metric)
  const withOwn = ofOwn === null ? '' : ` The same seed, ${FIRST_SEED}, gives ${percent(ofOwn)} %.`
  return `The printed figure is of one seed; seeds alone move ours from ${range}, over ${values.length} of them.${withOwn}`
}
