import type { TrainingProgress } from '#shared/run-events.ts'

/**
 * How much of a training is done, 0..1.
 * @param progress where it is, as it last told; null where it has not told yet since it was started
 */
export function measureShare(
  progress: Pick<TrainingProgress, 'epoch' | 'batch' | 'batches'> | null,
  finishedEpochs: number,
  epochs: number,
): number {
  if (progress === null) return Math.min(1, finishedEpochs / epochs)
  const { epoch, batch, batches } = progress
  return Math.min(1, (epoch - 1 + batch / Math.max(1, batches)) / epochs)
}
