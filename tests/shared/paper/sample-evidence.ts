// Stored trainings and evidence with chosen figures, for the tests of the paper's plan.
import type { Experiment } from '#shared/experiment.ts'
import type { PaperEvidence, StoredTraining } from '#shared/paper/evidence.ts'
import type { EpochMetrics, SplitMetrics } from '#shared/run.ts'

export const FULL = { dataset: 'fashion-mnist', trainImages: null } as const

export function sampleSplit(accuracy: number, loss = 1 - accuracy): SplitMetrics {
  return { loss, accuracy, exactLoss: loss, correct: Math.round(accuracy * 10_000), count: 10_000 }
}

/** Figures that no other epoch has. */
export function sampleMetrics(epoch: number): EpochMetrics {
  const accuracy = 1 - 1 / (epoch + 2)
  return {
    ...{ epoch, train: sampleSplit(accuracy + 0.01), validation: null, test: sampleSplit(accuracy) },
    ...{ elapsedMs: 1000 * epoch, imagesPerSecond: 1000 },
  }
}

/** A run with so many of its epochs finished; all when left out. */
export function storedTraining(
  id: string,
  experiment: Experiment,
  change: Partial<StoredTraining> = {},
  finished = experiment.epochs,
): StoredTraining {
  const epochs = Array.from({ length: finished }, (_, index) => sampleMetrics(index + 1))
  return {
    id,
    status: 'completed',
    isLinedUp: false,
    experiment,
    engine: 'simd',
    tags: [],
    epochs,
    ...change,
  }
}

/** Of a row, with these accuracies on both splits. */
export function evidenceOf(rowId: string, seed: number, accuracy: number): PaperEvidence {
  const metrics = { ...sampleMetrics(3), train: sampleSplit(accuracy), test: sampleSplit(accuracy) }
  return { rowId, seed, runId: `run-${seed}`, runStatus: 'completed', engine: 'simd', metrics }
}
