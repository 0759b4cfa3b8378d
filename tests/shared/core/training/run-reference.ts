// A training on the real data that a run of PyTorch can be compared with: all images, the test images watched.
import type { DatasetContent } from '#main/datasets/content-hash.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { selectAll } from '#shared/core/training/batches.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'
import type { EpochMetrics } from '#shared/run.ts'
import type { EpochReference } from '../../../reference.ts'
import { collectEvents, NO_CONTROL, takeEpochs } from './small-task.ts'

/** The metrics of each epoch. */
export async function trainLikeTorch(
  settings: Omit<NewExperiment, 'dataset'>,
  { train, test, height, width }: DatasetContent,
): Promise<EpochMetrics[]> {
  const experiment = completeExperiment(
    { dataset: 'fashion-mnist', testEachEpoch: true, ...settings },
    train.count,
  )
  const events = await collectEvents({
    experiment,
    network: buildNetwork(experiment.model, { height, width, channels: 1, classes: 10 }),
    train: selectAll(train),
    validation: null,
    test: selectAll(test),
    resumeFrom: null,
    control: NO_CONTROL,
  })
  return takeEpochs(events).map((event) => event.metrics)
}

/** How far two runs are from each other at most, in losses, in accuracies (fractions) and in right answers. */
export function compareRuns(found: readonly EpochMetrics[], expected: readonly EpochReference[]) {
  const differences = expected.map((reference, index) => {
    const { train, test } = found[index] ?? {}
    const apart = (value: number | undefined, other: number) => Math.abs((value ?? Number.NaN) - other)
    return {
      loss: Math.max(apart(train?.loss, reference.trainLoss), apart(test?.loss, reference.testLoss)),
      accuracy: Math.max(
        apart(train?.accuracy, reference.trainAccuracy),
        apart(test?.accuracy, reference.testAccuracy),
      ),
      correct: apart(test?.correct, reference.testCorrect),
    }
  })
  const largest = (key: 'loss' | 'accuracy' | 'correct') =>
    Math.max(...differences.map((entry) => entry[key]))
  return {
    epochs: found.length,
    loss: largest('loss'),
    accuracy: largest('accuracy'),
    correct: largest('correct'),
  }
}
