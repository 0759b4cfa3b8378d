// So many epochs of many runs that a page can hold them: evenly thinned, with nothing lost that a table tells.
import { type EpochMetrics, exactAccuracy } from '../run.ts'

/**
 * Keeps at most about `most` epochs: the first, the last, the best of each split by accuracy and by loss, and others
 * at even steps.
 */
export function thinEpochs(epochs: readonly EpochMetrics[], most: number): readonly EpochMetrics[] {
  if (epochs.length <= most) return epochs
  const step = Math.ceil(epochs.length / most)
  const best = new Set(bestEpochs(epochs))
  return epochs.filter(
    (one, index) => (epochs.length - 1 - index) % step === 0 || index === 0 || best.has(one),
  )
}

function bestEpochs(epochs: readonly EpochMetrics[]): readonly EpochMetrics[] {
  return (['train', 'validation', 'test'] as const).flatMap((split) => {
    const measured = epochs.filter((one) => one[split] !== null)
    const [first] = measured
    if (first === undefined) return []
    const lowest = measured.reduce(
      (best, one) => (lossOf(one, split) < lossOf(best, split) ? one : best),
      first,
    )
    const highest = measured.reduce(
      (best, one) => (share(one, split) > share(best, split) ? one : best),
      first,
    )
    return [lowest, highest]
  })
}

type Split = 'train' | 'validation' | 'test'

function lossOf(epoch: EpochMetrics, split: Split): number {
  return epoch[split]?.loss ?? Infinity
}

function share(epoch: EpochMetrics, split: Split): number {
  const metrics = epoch[split]
  return metrics === null || metrics.count === 0 ? 0 : exactAccuracy(metrics)
}
