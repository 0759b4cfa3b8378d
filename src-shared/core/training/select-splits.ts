// Which images an experiment trains on, holds out and tests with.
import type { Experiment } from '../../experiment.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { stratifiedSplit, takeSubset } from '../datasets/split.ts'
import { selectAll, type Selection } from './batches.ts'

export interface Splits {
  readonly train: Selection
  readonly validation: Selection | null
  readonly test: Selection
}

/**
 * Validation images are chosen first, from all training images, so that a smaller training set is measured on the
 * same ones.
 * @throws Failure 'invalid-setting' when more images are asked for than there are
 */
export function selectSplits(dataset: Dataset, experiment: Experiment): Splits {
  const { train: source, classNames } = dataset
  const { trainImages, validationImages, splitSeed } = experiment
  const split = stratifiedSplit(source.labels, classNames.length, validationImages, splitSeed)
  const indices =
    trainImages === null
      ? split.trainIndices
      : takeSubset(split.trainIndices, source.labels, classNames.length, trainImages)
  return {
    train: { source, indices },
    validation: validationImages === 0 ? null : { source, indices: split.validationIndices },
    test: selectAll(dataset.test),
  }
}
