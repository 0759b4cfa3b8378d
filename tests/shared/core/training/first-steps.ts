// The first steps of a training, one by one, with what PyTorch's fixtures hold of each: its loss and how large the
// parameters are after it. Only these tests need to look between the steps of an epoch.
import * as tf from '@tensorflow/tfjs'
import { buildNetwork } from '#shared/core/models/network.ts'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { Random } from '#shared/core/random.ts'
import { buildBatch, drawShuffle, selectAll } from '#shared/core/training/batches.ts'
import { drawDropoutMasks } from '#shared/core/training/dropout-masks.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { takeStep } from '#shared/core/training/step.ts'
import { drawInitialState, loadState } from '#shared/core/training/training-state.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'

export interface FirstStep {
  /** 1-based. */
  readonly step: number
  readonly loss: number
  readonly labels: readonly number[]
  /** The sum of squares of each parameter after the step. */
  readonly squareSums: readonly number[]
}

const GARMENTS = { height: 28, width: 28, channels: 1, classes: 10 }

/** Takes the first steps of epoch 1 on the engine that is running. */
export async function takeFirstSteps(
  settings: Omit<NewExperiment, 'dataset'>,
  images: LabelledImages,
  count: number,
): Promise<FirstStep[]> {
  const experiment = completeExperiment(
    { dataset: 'fashion-mnist', testEachEpoch: true, ...settings },
    images.count,
  )
  const network = buildNetwork(experiment.model, GARMENTS)
  const optimizer = buildOptimizer(experiment)
  const start = drawInitialState(network, optimizer, experiment.seed)
  const random = new Random(experiment.seed)
  random.restoreState(start.random)
  const order = drawShuffle(random, images.count)
  const selection = selectAll(images)
  const steps: FirstStep[] = []
  let live = loadState(start, optimizer)
  for (let step = 1; step <= count; step++) {
    const from = (step - 1) * experiment.batchSize
    const batch = buildBatch(selection, network.task, order, from, from + experiment.batchSize)
    const masks = drawDropoutMasks(network, experiment.batchSize, random)
    const taken = takeStep({ experiment, network, ...batch, masks, live, step })
    tf.dispose([batch.images, masks, live.parameters, live.slots])
    live = taken.live
    const [value] = await taken.read()
    steps.push({
      step,
      loss: value,
      labels: [...batch.labels],
      squareSums: await sumSquares(live.parameters),
    })
  }
  tf.dispose([live.parameters, live.slots])
  return steps
}

function sumSquares(parameters: readonly tf.Tensor[]): Promise<number[]> {
  return Promise.all(
    parameters.map(async (parameter) => {
      const values = Float32Array.from(await parameter.data())
      return values.reduce((sum, value) => sum + value ** 2, 0)
    }),
  )
}
