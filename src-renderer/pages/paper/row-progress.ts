// What still goes on for a row, in words and as a share for a bar.
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { TrainingProgress } from '#shared/run-events.ts'
import { measureShare } from '../../state/live-share.ts'

export interface RowProgress {
  /** Such as 'training seed 43, epoch 2 of 3'. */
  readonly words: string
  /** Of the run that trains; null where none does. */
  readonly share: number | null
  readonly runId: string | null
  readonly isPaused: boolean
}

/** @param progress of the run that trains now, where it is known. @returns null where the row lacks nothing */
export function describeProgress(
  rowId: string,
  missing: readonly PaperTraining[],
  progress: TrainingProgress | null,
): RowProgress | null {
  const own = missing.filter(({ rows }) => rows.includes(rowId))
  const [training] = own.filter(({ state }) => state === 'training' || state === 'paused')
  if (training !== undefined) return describeTraining(training, progress)
  const waiting = own.filter(({ state }) => state === 'waiting').length
  const lacking = own.length - waiting
  const parts = [
    ...(waiting > 0 ? [`${writeSeeds(waiting)} waiting`] : []),
    ...(lacking > 0 ? [`${writeSeeds(lacking)} missing`] : []),
  ]
  return parts.length === 0 ? null : { words: parts.join(', '), share: null, runId: null, isPaused: false }
}

function describeTraining(
  { experiment: { seed, epochs }, state, runId, finishedEpochs }: PaperTraining,
  progress: TrainingProgress | null,
): RowProgress {
  const isPaused = state === 'paused'
  const epoch = progress?.epoch ?? Math.min(epochs, finishedEpochs + 1)
  const words = `${isPaused ? 'paused' : 'training'} seed ${seed}, epoch ${epoch} of ${epochs}`
  return { words, share: measureShare(progress, finishedEpochs, epochs), runId, isPaused }
}

function writeSeeds(count: number): string {
  return count === 1 ? '1 seed' : `${count} seeds`
}
