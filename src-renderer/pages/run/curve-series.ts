// The lines of a run's charts. What is smoothed is smoothed over every point that is kept, and the raw line stays.
import { smooth } from '#shared/core/statistics/smoothing.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import type { EpochMetrics, SplitMetrics } from '#shared/run.ts'
import type { Point, Series } from '../../parts/chart/series.ts'
import type { AccuracySoFar } from '../../state/open-run.svelte.ts'

/** One look for each split, on every chart. */
const LOOKS = { train: 0, validation: 1, test: 2 } as const

type Split = keyof typeof LOOKS

/** @param batches of an epoch, so that a batch stands between the epochs where it was trained */
export function lossSeries(
  epochs: readonly EpochMetrics[],
  batchLosses: readonly BatchLoss[],
  batches: number,
  weight: number,
): readonly Series[] {
  const measured = splitSeries(epochs, ({ loss }) => loss)
  if (batchLosses.length === 0) return measured
  const raw = batchLosses.map(({ epoch, batch, loss }) => ({ x: epoch - 1 + batch / batches, y: loss }))
  const smoothed = smooth(
    raw.map(({ y }) => y),
    weight,
  )
  const line = raw.map(({ x }, index) => ({ x, y: smoothed[index] ?? Number.NaN }))
  const others = measured.filter(({ look }) => look !== LOOKS.train)
  if (weight === 0)
    return [{ name: 'train, batches', points: raw, look: LOOKS.train, isDense: true }, ...others]
  return [
    { name: 'train, as measured', points: raw, look: LOOKS.train, isRaw: true },
    { name: 'train, smoothed', points: line, look: LOOKS.train, isDense: true },
    ...others,
  ]
}

export function accuracySeries(
  epochs: readonly EpochMetrics[],
  soFar: readonly AccuracySoFar[],
  batches: number,
): readonly Series[] {
  const measured = splitSeries(epochs, ({ correct, count }) => (count === 0 ? Number.NaN : correct / count))
  if (soFar.length < 2) return measured
  const points = soFar.map(({ epoch, batch, accuracy }) => ({ x: epoch - 1 + batch / batches, y: accuracy }))
  return [...measured, { name: 'train, epoch so far', points, look: 3, isDense: true }]
}

function splitSeries(
  epochs: readonly EpochMetrics[],
  read: (metrics: SplitMetrics) => number,
): readonly Series[] {
  const splits: readonly Split[] = ['train', 'validation', 'test']
  return splits.flatMap((split) => {
    const points = epochs.flatMap((one): Point[] => {
      const metrics = one[split]
      return metrics === null ? [] : [{ x: one.epoch, y: read(metrics) }]
    })
    return points.length === 0 ? [] : [{ name: split, points, look: LOOKS[split] }]
  })
}

/** Batches of one epoch: told while it trains, else from how many images were trained on. */
export function countBatches(
  told: number | undefined,
  [first]: readonly EpochMetrics[],
  batchSize: number,
  batchLosses: readonly BatchLoss[],
): number {
  if (told !== undefined && told > 0) return told
  if (first !== undefined) return Math.max(1, Math.ceil(first.train.count / batchSize))
  return batchLosses.reduce((most, { batch }) => Math.max(most, batch), 1)
}
