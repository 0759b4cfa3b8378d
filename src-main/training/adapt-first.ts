// What an adaptation does inside the trainer process before its training: read the parent's weights, measure what is gained
// on photos kept aside, and mix the photos in.
import type { Network } from '#shared/core/models/network.ts'
import { measureGain } from '#shared/core/photo/adaptation/measure-gain.ts'
import { mixPhotos } from '#shared/core/photo/adaptation/mix-photos.ts'
import type { Selection } from '#shared/core/training/batches.ts'
import type { TrainingTask } from '#shared/core/training/train.ts'
import type { Experiment } from '#shared/experiment.ts'
import { requirePhotoForm } from '#shared/image-form.ts'
import { readCheckpoint } from './checkpoint-file.ts'
import type { AdaptationJob, TrainerReport } from './messages.ts'

export interface AdaptationContext {
  readonly experiment: Experiment
  readonly network: Network
  readonly remembered: Selection
  readonly classNames: readonly string[]
  readonly breathe: () => Promise<void>
}

/**
 * What the training of an adaptation has in place of the images and the weights of an ordinary one.
 * @throws Failure 'conflict' for a parent that photos cannot be shown to
 */
export async function adaptFirst(
  { photos, parent, isMeasured }: AdaptationJob,
  context: AdaptationContext,
  report: (report: TrainerReport) => void,
): Promise<Pick<TrainingTask, 'train' | 'startFrom'>> {
  requirePhotoForm(context.experiment.adaptation?.parentRunId ?? '', context.network.task)
  const train = mixPhotos(context.remembered, photos)
  if (parent === null) return { train }
  const { parameters: startFrom } = await readCheckpoint(parent.folder, parent.checkpoint)
  if (!isMeasured) {
    const parentAugmentation = parent.augmentation
    const gain = await measureGain({ ...context, photos, startFrom, parentAugmentation })
    report({ type: 'gain-measured', gain })
  }
  return { train, startFrom }
}
