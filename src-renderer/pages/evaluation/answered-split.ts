// The answers of a run on one split, image by image: which are wrong and how sure they were, and how far confidence and
// right answers are apart.
import { calibrationError, type CalibrationError } from '#shared/core/statistics/calibration-error.ts'
import type { Evaluation } from '#shared/run.ts'

export type EvaluatedSplit = Evaluation['split']

export interface AnsweredImages {
  /** Number of training images: test images are numbered from here. */
  readonly trainCount: number
  /** The class that the data names, for every image. */
  readonly labels: Uint8Array
  readonly classes: Uint8Array
  /** NaN where the run did not answer. */
  readonly probabilities: Float32Array
}

/** Images of the split that the run answered, ascending. Of the training images only the held out ones are answered. */
export function listAnswered(
  { trainCount, labels, probabilities }: AnsweredImages,
  split: EvaluatedSplit,
): readonly number[] {
  const [from, to] = split === 'test' ? [trainCount, labels.length] : [0, trainCount]
  const images: number[] = []
  for (let image = from; image < to; image++)
    if (!Number.isNaN(probabilities[image] ?? NaN)) images.push(image)
  return images
}

/** The images that were answered wrongly, the surest mistake first. */
export function rankMistakes(answered: AnsweredImages, split: EvaluatedSplit): readonly number[] {
  const { labels, classes, probabilities } = answered
  return listAnswered(answered, split)
    .filter((image) => labels[image] !== classes[image])
    .sort((one, other) => (probabilities[other] ?? 0) - (probabilities[one] ?? 0) || one - other)
}

export function measureCalibration(answered: AnsweredImages, split: EvaluatedSplit): CalibrationError {
  const { labels, classes, probabilities } = answered
  const images = listAnswered(answered, split)
  return calibrationError(
    images.map((image) => probabilities[image] ?? 0),
    images.map((image) => labels[image] === classes[image]),
  )
}

/** Images that both runs answered wrongly, ascending. */
export function listBothWrong(one: AnsweredImages, other: AnsweredImages): readonly number[] {
  return rankMistakes(one, 'test')
    .filter((image) => one.labels[image] !== other.classes[image])
    .toSorted((first, second) => first - second)
}
