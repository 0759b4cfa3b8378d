// A training that takes a second: noise images of 8 x 8 in three classes, with labels that only memory can tell.
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { selectAll, type Selection } from '#shared/core/training/batches.ts'
import {
  train,
  type TrainingControl,
  type TrainingEvent,
  type TrainingTask,
} from '#shared/core/training/train.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'
import type { EpochMetrics } from '#shared/run.ts'

const SIDE = 8
export const CLASSES = 3

/** A clock that stands still, and no pause: what is not about time. */
export const NO_CONTROL: TrainingControl = { breathe: () => Promise.resolve(), elapsedMs: () => 0 }

/** 40 training images in batches of 16, so that the last batch is short; 7 to validate with, 9 to test with. */
export function buildSmallTask(
  change: Partial<NewExperiment> = {},
  parts: Partial<Pick<TrainingTask, 'resumeFrom' | 'control' | 'validation'>> = {},
): TrainingTask {
  const experiment = completeExperiment(
    {
      dataset: 'noise',
      batchSize: 16,
      validationImages: 7,
      model: { name: 'mlp', hiddenUnits: [24] },
      ...change,
    },
    47,
  )
  return {
    experiment,
    network: buildNetwork(experiment.model, { height: SIDE, width: SIDE, channels: 1, classes: CLASSES }),
    train: drawNoise(40, 1),
    validation: drawNoise(7, 2),
    test: drawNoise(9, 3),
    resumeFrom: null,
    control: NO_CONTROL,
    ...parts,
  }
}

export async function collectEvents(task: TrainingTask): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  for await (const event of train(task)) events.push(event)
  return events
}

export function takeEpochs(events: readonly TrainingEvent[]) {
  return events.filter((event) => event.type === 'epoch-completed')
}

/** What two trainings that are the same have in common: all but the time. */
export function withoutTime({ elapsedMs: _, imagesPerSecond: __, ...metrics }: EpochMetrics) {
  return metrics
}

function drawNoise(count: number, seed: number): Selection {
  const random = new Random(seed)
  const source: LabelledImages = {
    count,
    pixels: Uint8Array.from({ length: count * SIDE * SIDE }, () => random.below(256)),
    labels: Uint8Array.from({ length: count }, () => random.below(CLASSES)),
  }
  return selectAll(source)
}
