// Curves of many runs over a common axis: each run its own line, or runs that differ in nothing but the seed as their
// mean with its 95 % interval.
import { meanInterval } from '#shared/core/statistics/mean-difference.ts'
import { noiseFloor } from '#shared/core/statistics/noise-floor.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { type EpochMetrics, exactAccuracy } from '#shared/run.ts'
import type { Stripe } from '../../parts/chart/bands.ts'
import type { Point, Series } from '../../parts/chart/series.ts'
import { writeCount } from '../../parts/numbers.ts'
import { BY_SETTING, CURVE_METRICS, type CurveAxis, type CurveMetric } from '../../state/comparison-view.ts'
import { groupForLooks } from './run-looks.ts'

export const METRIC_LABELS: Readonly<Record<CurveMetric, string>> = {
  validationAccuracy: 'Validation accuracy',
  validationLoss: 'Validation loss',
  trainAccuracy: 'Train accuracy',
  trainLoss: 'Train loss',
  testAccuracy: 'Test accuracy',
  testLoss: 'Test loss',
}

export const AXIS_LABELS: Readonly<Record<CurveAxis, string>> = {
  epoch: 'epoch',
  step: 'step',
  time: 'seconds',
}

/** A line with the runs that it stands for. */
export interface RunSeries extends Series {
  readonly runIds: readonly string[]
}

type Split = 'train' | 'validation' | 'test'

function splitOf(metric: CurveMetric): Split {
  return metric.startsWith('train') ? 'train' : metric.startsWith('test') ? 'test' : 'validation'
}

export function isAccuracy(metric: CurveMetric): boolean {
  return metric.endsWith('Accuracy')
}

function readMetric(epoch: EpochMetrics, metric: CurveMetric): number | null {
  const found = epoch[splitOf(metric)]
  if (found === null) return null
  if (!isAccuracy(metric)) return found.loss
  return found.count === 0 ? null : exactAccuracy(found)
}

/** Those that at least one run has measured. */
export function metricsOf(runs: readonly ComparedRun[]): readonly CurveMetric[] {
  return CURVE_METRICS.filter((metric) =>
    runs.some(({ epochs }) => epochs.some((epoch) => readMetric(epoch, metric) !== null)),
  )
}

function readAxis({ experiment }: ComparedRun, epoch: EpochMetrics, axis: CurveAxis): number {
  if (axis === 'time') return epoch.elapsedMs / 1000
  const batches = Math.ceil(epoch.train.count / experiment.batchSize)
  return axis === 'step' ? epoch.epoch * batches : epoch.epoch
}

interface EpochPoint extends Point {
  readonly epoch: number
}

function pointsOf(run: ComparedRun, metric: CurveMetric, axis: CurveAxis): readonly EpochPoint[] {
  return run.epochs.flatMap((epoch) => {
    const y = readMetric(epoch, metric)
    return y === null ? [] : [{ x: readAxis(run, epoch, axis), y, epoch: epoch.epoch }]
  })
}

export function curveSeries(
  runs: readonly ComparedRun[],
  labels: ReadonlyMap<string, string>,
  { metric, axis, groupedBy }: { metric: CurveMetric; axis: CurveAxis; groupedBy: string },
): readonly RunSeries[] {
  const labelOf = ({ id }: ComparedRun): string => labels.get(id) ?? id
  return groupForLooks(runs, groupedBy).flatMap(({ runs: members, look }): RunSeries[] => {
    const lines = members.map((run) => pointsOf(run, metric, axis))
    const [first] = members
    if (groupedBy === BY_SETTING && members.length > 1 && first !== undefined) {
      const name = `${labelOf(first)} and ${members.length - 1} more seed${members.length > 2 ? 's' : ''}`
      return [{ name, look, runIds: members.map(({ id }) => id), ...averageLines(lines, isAccuracy(metric)) }]
    }
    return members.map((run, index) => {
      const points = lines[index] ?? []
      return { name: labelOf(run), look, runIds: [run.id], points, isDense: points.length > 60 }
    })
  })
}

/** Epochs that all lines have: the mean of their values, with its interval, which is not drawn where no value can be. */
function averageLines(
  lines: readonly (readonly EpochPoint[])[],
  areShares: boolean,
): Pick<Series, 'points' | 'band'> {
  const byEpoch = lines.map((line) => new Map(line.map((point) => [point.epoch, point])))
  const [first = []] = lines
  const averaged = first.flatMap(({ epoch }) => {
    const points = byEpoch.flatMap((line) => line.get(epoch) ?? [])
    if (points.length < lines.length) return []
    const x = mean(points.map((point) => point.x))
    const values = points.map(({ y }) => y)
    return [{ point: { x, y: mean(values) }, interval: meanInterval(values) }]
  })
  return {
    points: averaged.map(({ point }) => point),
    band: averaged.flatMap(({ point, interval }) => {
      if (interval === null) return []
      const high = areShares ? Math.min(1, interval.high) : interval.high
      return [{ x: point.x, low: Math.max(0, interval.low), high }]
    }),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * What the images of the split cannot tell apart from the baseline's last figure, judged by how often the compared
 * models disagree. Null for losses, for the training split, and where nothing is known.
 */
export function floorStripe(
  baseline: ComparedRun | undefined,
  metric: CurveMetric,
  floor: Verdicts['noiseFloor'],
): Stripe | null {
  const split = splitOf(metric)
  if (baseline === undefined || floor === null || split === 'train' || !isAccuracy(metric)) return null
  const measured = baseline.epochs.at(-1)?.[split]
  if (measured == null || measured.count === 0) return null
  const disagreements = Math.round((floor.disagreements / floor.images) * measured.count)
  const { difference } = noiseFloor(measured.count, disagreements)
  if (difference === null) return null
  const middle = exactAccuracy(measured)
  const label = `what ${writeCount(measured.count)} ${split} images cannot tell apart from the baseline`
  return { low: middle - difference, high: middle + difference, label }
}
