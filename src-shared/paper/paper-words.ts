// Figures and verdicts as people read them, the same in the terminal, on the page and in the kept tables.
import { signed } from '../signed-number.ts'
import type { MetricName } from './printed-figures.ts'
import { METRIC_LABELS, type PaperCell, type PaperRowResult, type PaperSeconds } from './table-results.ts'
import type { PaperVerdict } from './verdict.ts'

const NONE = '–'

function isAccuracy(metric: MetricName): boolean {
  return metric.endsWith('Accuracy')
}

/** As the paper prints it: '0.32377', '88.29 %'. */
export function writePrinted(metric: MetricName, { printed }: PaperCell): string {
  if (printed === null) return NONE
  return isAccuracy(metric) ? `${printed} %` : printed
}

/** The mean over seeds: '0.32412', '88.41 %'. */
export function writeMean(metric: MetricName, { spread }: PaperCell): string {
  if (spread === null) return NONE
  return isAccuracy(metric) ? `${(100 * spread.mean).toFixed(2)} %` : spread.mean.toFixed(5)
}

/** Half of the 95 % interval of the mean: '±0.21', or '' for a single seed. */
export function writeHalfInterval(metric: MetricName, { interval }: PaperCell): string {
  if (interval === null) return ''
  const half = (interval.high - interval.low) / 2
  return `±${isAccuracy(metric) ? (100 * half).toFixed(2) : half.toFixed(4)}`
}

/** Ours minus the printed one: '+0.12' points, '−0.00031'; '' where nothing is compared. */
export function writeDifference(metric: MetricName, { difference }: PaperCell): string {
  return difference === null
    ? ''
    : signed(isAccuracy(metric) ? 100 * difference : difference, isAccuracy(metric) ? 2 : 5)
}

export function writeSeconds(seconds: number | null): string {
  return seconds === null ? NONE : seconds.toFixed(1)
}

/** Why a time of ours is not to be quoted; '' where it may be. */
export function describeTiming({ ours, isAlone }: PaperSeconds): string {
  if (ours === null || isAlone) return ''
  return 'Taken while other work may have run: not to be quoted. Take it again with “atelier paper time”.'
}

export function describeVerdict(verdict: PaperVerdict): string {
  switch (verdict.kind) {
    case 'open':
      return 'not trained yet'
    case 'not-compared':
      return 'not compared'
    case 'agrees':
      return `agrees: ${describeWorst(verdict)}`
    case 'within-seeds':
      return `within seeds: ${describeWorst(verdict)}`
    case 'differs':
      return `differs: ${describeWorst(verdict)}`
    default:
      return verdict satisfies never
  }
}

function describeWorst({ metric, difference }: Extract<PaperVerdict, { metric: MetricName }>): string {
  return `${METRIC_LABELS[metric].toLowerCase()} ${signed(100 * difference, 2)} points`
}

/** What stands behind a verdict; '' where the verdict says it all. */
export function describeReason(verdict: PaperVerdict): string {
  return 'reason' in verdict && verdict.kind !== 'not-compared' ? verdict.reason : ''
}

/** Such as 'seeds 42 to 44'. */
export function describeSeeds({ counted }: Pick<PaperRowResult, 'counted'>): string {
  const seeds = counted.map(({ seed }) => seed)
  const [first] = seeds
  const last = seeds.at(-1)
  if (first === undefined || last === undefined) return 'no seed yet'
  if (seeds.length === 1) return `seed ${first}`
  return last - first === seeds.length - 1 ? `seeds ${first} to ${last}` : `seeds ${seeds.join(', ')}`
}

/** Which seeds are not in the mean because their network died; null where all are. */
export function describeCollapse({
  evidence,
  counted,
}: Pick<PaperRowResult, 'evidence' | 'counted'>): string | null {
  const seeds = evidence.filter((one) => !counted.includes(one)).map(({ seed }) => seed)
  if (seeds.length === 0) return null
  const which = seeds.length === 1 ? `Seed ${seeds.join()}` : `Seeds ${seeds.join(', ')}`
  return `${which} collapsed to a constant answer, 10 % of the test images, and ${
    seeds.length === 1 ? 'is' : 'are'
  } not in the mean: ${seeds.length} of ${evidence.length}.`
}

/** More than one engine, or null. */
export function describeEngines({ engines }: Pick<PaperRowResult, 'engines'>): string | null {
  return engines.length > 1
    ? `Computed by ${engines.join(' and ')}: engines agree only nearly, read this row with care.`
    : null
}
