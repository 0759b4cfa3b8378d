// Which epoch of a run the table tells of, and by what it was chosen. The test split never chooses: a best epoch that
// it had chosen would be better on it than anywhere else.
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { type EpochMetrics, exactAccuracy, type SplitMetrics } from '#shared/run.ts'
import type { EpochChoice } from '../../state/comparison-view.ts'

export interface PickedEpoch {
  readonly epoch: EpochMetrics | null
  /** Such as 'epoch 7, best by validation accuracy'. */
  readonly words: string
}

const NONE: PickedEpoch = { epoch: null, words: 'no epoch is finished' }

export function pickEpoch({ epochs }: ComparedRun, choice: EpochChoice): PickedEpoch {
  const last = epochs.at(-1)
  if (last === undefined) return NONE
  if (choice === 'last') return { epoch: last, words: `epoch ${last.epoch}, the last` }
  if (choice === 'best') return pickBest(epochs, last)
  const found = epochs.find(({ epoch }) => epoch === choice)
  if (found !== undefined) return { epoch: found, words: `epoch ${choice}` }
  const isPast = choice > last.epoch
  return { epoch: null, words: isPast ? `it has ${last.epoch} epochs` : `epoch ${choice} is not kept here` }
}

function pickBest(epochs: readonly EpochMetrics[], last: EpochMetrics): PickedEpoch {
  const split = last.validation === null ? 'train' : 'validation'
  const best = epochs.reduce(
    (one, other) => (shareRight(other[split]) > shareRight(one[split]) ? other : one),
    last,
  )
  const why = split === 'train' ? ', as nothing was held out' : ''
  return { epoch: best, words: `epoch ${best.epoch}, best by ${split} accuracy${why}` }
}

/** Exact; 0 where it was not measured. */
export function shareRight(metrics: SplitMetrics | null): number {
  return metrics === null || metrics.count === 0 ? 0 : exactAccuracy(metrics)
}
