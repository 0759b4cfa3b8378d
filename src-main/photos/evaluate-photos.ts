// Labelled photos as an external test set: how many a run gets right, where it goes wrong, and how far that is from what
// it does on the test images of its own dataset.
import { wilsonInterval } from '#shared/core/statistics/intervals.ts'
import { countConfusions } from '#shared/core/training/class-scores.ts'
import type { JudgingRun, PhotoEvaluation } from '#shared/photo-batch.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { findClass } from './folder-labels.ts'
import { labelOf } from './labelled-photos.ts'

type Labelled = Pick<StoredPhoto, 'folderLabel' | 'correctedLabel'>

/**
 * Photos whose label is none of the run's classes are left out, and so are those that were refused.
 * @param predict what the run predicts for a photo, as the number of a class; null where it cannot
 */
export async function evaluatePhotos<Photo extends Labelled>(
  { runId, classNames, testAccuracy }: JudgingRun,
  photos: AsyncIterable<Photo> | Iterable<Photo>,
  predict: (photo: Photo) => Promise<number | null>,
): Promise<PhotoEvaluation> {
  const truth: number[] = []
  const predicted: number[] = []
  const unknown = new Map<string, number>()
  let leftOut = 0
  for await (const photo of photos) {
    const label = labelOf(photo)
    if (label === null) continue
    const known = classNames.indexOf(findClass(label, classNames) ?? '')
    if (known < 0) unknown.set(label, (unknown.get(label) ?? 0) + 1)
    const answer = known < 0 ? null : await predict(photo)
    if (answer === null) leftOut += 1
    else {
      truth.push(known)
      predicted.push(answer)
    }
  }
  const count = truth.length
  const correct = truth.filter((label, index) => label === predicted[index]).length
  const accuracy = count === 0 ? null : correct / count
  return {
    ...{ runId, count, correct, accuracy, leftOut, classNames: [...classNames] },
    unknown: [...unknown].map(([className, count]) => ({ className, count })),
    interval: count === 0 ? null : { ...wilsonInterval(correct, count) },
    gap: accuracy === null || testAccuracy === null ? null : testAccuracy - accuracy,
    confusionMatrix: countConfusions(Uint8Array.from(truth), Uint8Array.from(predicted), classNames.length),
  }
}
