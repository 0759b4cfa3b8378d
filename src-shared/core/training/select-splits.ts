// Which images an experiment trains on, holds out and tests with.
import type { Experiment } from '../../experiment.ts'
import type { MarkSet } from '../../marks.ts'
import type { Dataset, LabelledImages } from '../datasets/dataset.ts'
import { stratifiedSplit, takeSubset } from '../datasets/split.ts'
import { selectAll, type Selection } from './batches.ts'

export interface Splits {
  readonly train: Selection
  readonly validation: Selection | null
  readonly test: Selection
}

/**
 * Validation images are chosen first, from all training images, so that a smaller training set is measured on the
 * same ones. Marks change only what is trained on: excluded images go before `trainImages` are taken of the rest.
 * @param marks the set that the experiment names; null when it uses none
 * @throws Failure 'invalid-setting' when more images are asked for than there are
 */
export function selectSplits(dataset: Dataset, experiment: Experiment, marks: MarkSet | null): Splits {
  const { train: source, classNames } = dataset
  const { trainImages, validationImages, splitSeed } = experiment
  const split = stratifiedSplit(source.labels, classNames.length, validationImages, splitSeed)
  const trained = experiment.correctedLabels ? correctLabels(source, marks) : source
  const left = experiment.withoutExcluded ? leaveOut(split.trainIndices, marks) : split.trainIndices
  const indices =
    trainImages === null ? left : takeSubset(left, trained.labels, classNames.length, trainImages)
  return {
    train: { source: trained, indices },
    validation: validationImages === 0 ? null : { source, indices: split.validationIndices },
    test: selectAll(dataset.test),
  }
}

function leaveOut(indices: Uint32Array, marks: MarkSet | null): Uint32Array {
  const excluded = new Set(marks?.excluded)
  return indices.filter((index) => !excluded.has(index))
}

/** The same pixels with other labels. */
function correctLabels(source: LabelledImages, marks: MarkSet | null): LabelledImages {
  const labels = source.labels.slice()
  for (const [image, label] of marks?.corrected ?? []) labels[image] = label
  return { ...source, labels }
}
