// One step on two images of noise with the weights of the experiment's seed: what an engine makes of it can be held
// against what another makes of it, before it is trusted with a training.
import * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../experiment.ts'
import type { Network } from '../models/network.ts'
import { Random } from '../random.ts'
import { buildBatch, selectAll } from './batches.ts'
import { drawDropoutMasks } from './dropout-masks.ts'
import { drawNoise } from './noise.ts'
import { buildOptimizer } from './optimizers.ts'
import { takeStep } from './step.ts'
import { drawInitialState, loadState, saveState } from './training-state.ts'

const IMAGES = 2

/** The loss before the step, then all weights and biases after it, of the running engine. */
export async function probeStep(experiment: Experiment, network: Network): Promise<Float32Array> {
  const optimizer = buildOptimizer(experiment)
  const start = drawInitialState(network, optimizer, experiment.seed)
  const before = loadState(start, optimizer)
  const selection = selectAll(drawNoise(network.task, IMAGES))
  const { images, labels } = buildBatch(selection, network.task, null, 0, IMAGES)
  const random = new Random(experiment.seed)
  const masks = drawDropoutMasks(network, IMAGES, random)
  const taken = takeStep({ experiment, network, images, labels, masks, live: before, step: 1 })
  const [loss] = await taken.read()
  const position = { epoch: 0, step: 1 }
  const after = await saveState(taken.live, start, position, random)
  tf.dispose([images, masks, before.parameters, before.slots, taken.live.parameters, taken.live.slots])
  return Float32Array.from([loss, ...after.parameters.flatMap(({ values }) => [...values])])
}
