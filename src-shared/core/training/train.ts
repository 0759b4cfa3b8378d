// THE loop. An async generator of events, read from top to bottom: draw the order, go through the batches, measure,
// hand out the state. Whoever iterates decides what to do with an event; the loop goes on when asked for the next.
import * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../experiment.ts'
import { Failure } from '../../failure.ts'
import type { EpochMetrics, Evaluation, SplitPredictions } from '../../run.ts'
import type { ParameterValues } from '../models/initial-parameters.ts'
import type { Network } from '../models/network.ts'
import { Random } from '../random.ts'
import { chooseAugmentation } from './augmentation/augment.ts'
import { openBatches, type BatchSource } from './batch-source.ts'
import { drawShuffle, skipLoaderSeed, type BatchChange, type Selection } from './batches.ts'
import { drawDropoutMasks } from './dropout-masks.ts'
import { buildEvaluation, evaluateSplit, type SplitEvaluation } from './evaluate.ts'
import { paceLearningRate } from './learning-rate.ts'
import { takeClassifierStep } from './classifier-step.ts'
import { chooseLoss } from './losses.ts'
import { buildOptimizer } from './optimizers.ts'
import { SplitAccumulator } from './split-accumulator.ts'
import { takeStep } from './step.ts'
import {
  drawInitialState,
  giveBack,
  isFinite,
  loadState,
  saveState,
  type TrainingState,
} from './training-state.ts'
import { UnreadSteps } from './unread-steps.ts'

export interface TrainingTask {
  readonly experiment: Experiment
  readonly network: Network
  readonly train: Selection
  /** Null when the experiment holds nothing out. */
  readonly validation: Selection | null
  readonly test: Selection
  /** Of the dataset, for augmentation; without them no class is treated in its own way. */
  readonly classNames?: readonly string[]
  /** Weights to begin with instead of those of the seed. */
  readonly startFrom?: readonly ParameterValues[] | null
  /** Where an earlier training of the same experiment stopped; null to start from the seed. */
  readonly resumeFrom: TrainingState | null
  readonly control: TrainingControl
}

/** How the host of a training reaches into it. */
export interface TrainingControl {
  /** Called between batches: waits while paused, lets messages in, throws Failure 'cancelled' to end. */
  breathe(): Promise<void>
  /** Time of training since the task began, without pauses. */
  elapsedMs(): number
}

export type TrainingEvent =
  | { readonly type: 'batch-completed'; readonly progress: BatchProgress }
  | { readonly type: 'epoch-completed'; readonly metrics: EpochMetrics; readonly state: TrainingState }
  | { readonly type: 'completed'; readonly evaluation: Evaluation; readonly predictions: SplitPredictions }

export interface BatchProgress {
  readonly epoch: number
  /** 1-based batch of this epoch, of `batches`. */
  readonly batch: number
  readonly batches: number
  /** Of this batch alone. */
  readonly batchLoss: number
  /** Mean over the batches of the epoch so far. */
  readonly loss: number
  /** Share of right answers among the images of the epoch so far. */
  readonly accuracy: number
  readonly imagesPerSecond: number
  /** To the end of the last epoch, judged by the pace of this one; null before it can be judged. */
  readonly remainingMs: number | null
}

/**
 * Trains from the state given to the last epoch, then measures the test split.
 * @throws Failure 'diverged' when a loss or a weight is no longer a finite number; 'cancelled' from the control
 */
export async function* train(task: TrainingTask): AsyncGenerator<TrainingEvent, void> {
  const { experiment, network, control } = task
  const { batchSize, epochs } = experiment
  const loss = chooseLoss(experiment.loss)
  const optimizer = buildOptimizer(experiment)
  const augment = chooseAugmentation(experiment, network.task, task.classNames ?? [], task.train.photos)
  const drawn = task.resumeFrom ?? drawInitialState(network, optimizer, experiment.seed)
  const start = task.resumeFrom === null && task.startFrom ? { ...drawn, parameters: task.startFrom } : drawn
  const takeOne = experiment.adaptation === null ? takeStep : takeClassifierStep
  const random = new Random(experiment.seed)
  random.restoreState(start.random)
  let live = loadState(start, optimizer)
  let { step } = start
  let testOfLastEpoch: SplitEvaluation | null = null

  const sources = new Map<Selection, BatchSource>()
  const batchesOf = (selection: Selection): BatchSource => {
    const source = sources.get(selection) ?? openBatches(selection, network.task)
    sources.set(selection, source)
    return source
  }
  const unread = new UnreadSteps<{ readonly batch: number; readonly size: number }>(() => control.elapsedMs())

  const measure = async (selection: Selection, epoch: number) => {
    const { parameters } = live
    const breathe = () => control.breathe()
    const source = batchesOf(selection)
    const measured = await evaluateSplit({ network, parameters, selection, source, loss, batchSize, breathe })
    if (!Number.isFinite(measured.metrics.exactLoss))
      throw diverged(epoch, 'the loss on held-out images is not finite')
    return measured
  }

  try {
    for (let epoch = start.epoch + 1; epoch <= epochs; epoch++) {
      const count = task.train.indices.length
      const batches = Math.ceil(count / batchSize)
      const order = drawShuffle(random, count)
      const accumulator = new SplitAccumulator()
      const epochStart = control.elapsedMs()

      for (let batch = 1; batch <= batches; batch++) {
        await control.breathe()
        const from = (batch - 1) * batchSize
        const to = Math.min(from + batchSize, count)
        const change: BatchChange | null =
          augment && ((values, truth, numbers) => augment(values, truth, numbers, epoch, batch))
        const { images, labels } = batchesOf(task.train).build(order, from, to, change)
        const masks = drawDropoutMasks(network, to - from, random)
        step += 1
        const paced = paceLearningRate(experiment, step, batches * epochs)
        const taken = takeOne({ experiment: paced, network, images, labels, masks, live, step })
        tf.dispose([images, masks])
        giveBack(live, taken.live)
        live = taken.live
        unread.add(taken, { batch, size: to - from })
        if (batch < batches && !unread.isDue) continue

        const read = await unread.read()
        const elapsed = control.elapsedMs() - epochStart
        const pace = elapsed / batch // ms a batch
        for (const { about, loss: batchLoss, correct } of read) {
          accumulator.add(batchLoss, correct, about.size)
          if (!Number.isFinite(batchLoss))
            throw diverged(epoch, `the loss of batch ${about.batch} became ${batchLoss}`)
          const batchesLeft = batches - about.batch + (epochs - epoch) * batches
          yield {
            type: 'batch-completed',
            progress: {
              epoch,
              batch: about.batch,
              batches,
              batchLoss,
              loss: accumulator.loss,
              accuracy: accumulator.exactAccuracy,
              imagesPerSecond: (to / elapsed) * 1000,
              remainingMs: about.batch < 2 ? null : pace * batchesLeft,
            },
          }
        }
      }

      const trainingMs = control.elapsedMs() - epochStart
      if (task.validation !== null) skipLoaderSeed(random)
      const validation = task.validation === null ? null : (await measure(task.validation, epoch)).metrics
      if (experiment.testEachEpoch) skipLoaderSeed(random)
      testOfLastEpoch = experiment.testEachEpoch ? await measure(task.test, epoch) : null
      const state = await saveState(live, start, { epoch, step }, random)
      if (!isFinite(state))
        throw diverged(epoch, 'a weight, or what the optimizer keeps of one, is no longer a finite number')
      yield {
        type: 'epoch-completed',
        metrics: {
          epoch,
          train: accumulator.compute(),
          validation,
          test: testOfLastEpoch?.metrics ?? null,
          elapsedMs: control.elapsedMs(),
          imagesPerSecond: (count / trainingMs) * 1000,
        },
        state,
      }
    }

    const final = testOfLastEpoch ?? (await measure(task.test, epochs))
    yield {
      type: 'completed',
      evaluation: buildEvaluation('test', final, task.test, network.task.classes),
      predictions: final.predictions,
    }
  } finally {
    unread.dispose()
    for (const source of sources.values()) source.dispose()
    tf.dispose([live.parameters, live.slots])
  }
}

function diverged(epoch: number, what: string): Failure {
  return new Failure(
    'diverged',
    `Training stopped in epoch ${epoch}: ${what}. ` +
      (epoch === 1 ? 'No epoch was finished before. ' : 'The last finished epoch is kept. ') +
      'A lower learning rate usually helps; with the loss nll-on-logits there is no lower bound to reach.',
  )
}
