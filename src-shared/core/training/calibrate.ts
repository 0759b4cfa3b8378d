// Times real training steps and real measuring on the running engine: about a second of the experiment's very network
// with its batch size and augmentation, on images of noise, whose values change next to nothing of the time.
import * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../experiment.ts'
import type { Network } from '../models/network.ts'
import { Random } from '../random.ts'
import { chooseAugmentation } from './augmentation/augment.ts'
import { openBatches } from './batch-source.ts'
import { selectAll, type BatchChange } from './batches.ts'
import { drawDropoutMasks } from './dropout-masks.ts'
import { evaluateSplit } from './evaluate.ts'
import { chooseLoss } from './losses.ts'
import { drawNoise } from './noise.ts'
import { buildOptimizer } from './optimizers.ts'
import { takeStep } from './step.ts'
import { drawInitialState, loadState } from './training-state.ts'
import { UnreadSteps } from './unread-steps.ts'

export interface CalibrationTimes {
  /** Median milliseconds of a step. */
  readonly stepMs: number
  /** Median milliseconds of measuring one image. */
  readonly imageMs: number
}

const STEPPING_MS = 1000
const MAX_STEPS = 200
const EVALUATED_IMAGES = 512
const EVALUATIONS = 3
/** The first steps also compile and allocate. They do not count, unless even one is this long. */
const WARM_UP_STEPS = 2
const LONG_STEP_MS = 2000

export interface CalibrationTask {
  readonly experiment: Experiment
  readonly network: Network
  /** Of the dataset: augmentation takes longer for some classes. */
  readonly classNames: readonly string[]
}

/** @param now a clock in milliseconds */
export async function calibrate(
  { experiment, network, classNames }: CalibrationTask,
  now: () => number,
): Promise<CalibrationTimes> {
  const count = Math.max(experiment.batchSize, EVALUATED_IMAGES)
  const selection = selectAll(drawNoise(network.task, count))
  const optimizer = buildOptimizer(experiment)
  const loss = chooseLoss(experiment.loss)
  const augment = chooseAugmentation(experiment, network.task, classNames)
  const random = new Random(experiment.seed)
  let live = loadState(drawInitialState(network, optimizer, experiment.seed), optimizer)

  const source = openBatches(selection, network.task)
  const unread = new UnreadSteps<null>(now)

  const takeOneStep = (step: number): void => {
    const change: BatchChange | null =
      augment && ((values, truth, numbers) => augment(values, truth, numbers, 1, step))
    const { images, labels } = source.build(null, 0, experiment.batchSize, change)
    const masks = drawDropoutMasks(network, experiment.batchSize, random)
    const taken = takeStep({ experiment, network, images, labels, masks, live, step })
    tf.dispose([images, masks, live.parameters, live.slots])
    live = taken.live
    unread.add(taken, null)
  }
  const evaluate = () =>
    evaluateSplit({
      ...{ network, parameters: live.parameters, selection, source, loss },
      ...{ batchSize: experiment.batchSize, breathe: () => Promise.resolve() },
    })

  try {
    const stepMs = median(await timeSteps(takeOneStep, unread, now))
    const imageMs = median(await timeEvaluations(evaluate, count, now))
    return { stepMs, imageMs }
  } finally {
    unread.dispose()
    source.dispose()
    tf.dispose([live.parameters, live.slots])
  }
}

/** Milliseconds of the steps; of those that a device took unobserved, the mean. */
async function timeSteps(
  takeOneStep: (step: number) => void,
  unread: UnreadSteps<null>,
  now: () => number,
): Promise<number[]> {
  const times: number[] = []
  const start = now()
  let from = start
  for (let step = 1; step <= MAX_STEPS; step++) {
    takeOneStep(step)
    if (step < MAX_STEPS && !unread.isDue) continue
    const { length } = await unread.read()
    times.push((now() - from) / length)
    from = now()
    const isLong = (times[0] ?? 0) > LONG_STEP_MS
    if (isLong || (step > WARM_UP_STEPS && from - start > STEPPING_MS)) break
  }
  return times.length > WARM_UP_STEPS ? times.slice(WARM_UP_STEPS) : times
}

/** Milliseconds an image; the first evaluation warms up. */
async function timeEvaluations(
  evaluate: () => Promise<unknown>,
  images: number,
  now: () => number,
): Promise<number[]> {
  const times: number[] = []
  for (let evaluation = 0; evaluation <= EVALUATIONS; evaluation++) {
    const start = now()
    await evaluate()
    times.push((now() - start) / images)
  }
  return times.slice(1)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return (lower + upper) / 2
}
