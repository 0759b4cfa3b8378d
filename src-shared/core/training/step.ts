// One optimizer step on one batch: forward, loss, gradients, update.
import * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../experiment.ts'
import { applyNetwork } from '../models/apply-network.ts'
import type { Network } from '../models/network.ts'
import { chooseLoss } from './losses.ts'
import { buildOptimizer } from './optimizers.ts'
import { rankLogits } from './rank-logits.ts'
import type { LiveState } from './training-state.ts'
import { takeWholeStep } from './whole-step.ts'

export interface StepTask {
  /** Loss, optimizer and learning rate are read from it. */
  readonly experiment: Experiment
  readonly network: Network
  readonly images: tf.Tensor4D
  readonly labels: Int32Array
  readonly masks: readonly tf.Tensor[]
  readonly live: LiveState
  /** 1-based number of this step since the start of the run. */
  readonly step: number
}

export interface TakenStep {
  /** New tensors, which belong to the caller; those of the task are still there. */
  readonly live: LiveState
  /** Mean loss of the batch and how many were right, before the update. To be called once, or `forget`. */
  read(): Promise<StepNumbers>
  /** Gives back what `read` would have read. */
  forget(): void
  /** The same two numbers as a tensor [2] on the engine, where the engine has them so; for `readSteps`. */
  readonly numbers: tf.Tensor1D | null
}

export type StepNumbers = readonly [loss: number, correct: number]

/** Reads many steps at once, with a single wait for the engine; none may have been read before. */
export async function readSteps(steps: readonly TakenStep[]): Promise<readonly StepNumbers[]> {
  const tensors = steps.flatMap(({ numbers }) => (numbers === null ? [] : [numbers]))
  if (steps.length < 2 || tensors.length < steps.length) return Promise.all(steps.map((step) => step.read()))
  const together = tf.stack(tensors) // [steps, 2]
  tf.dispose(tensors)
  try {
    const values = await together.data()
    return steps.map((_, index) => [values[2 * index] ?? Number.NaN, values[2 * index + 1] ?? 0])
  } finally {
    together.dispose()
  }
}

/** Takes the step, in one kernel where the engine has one for it; nothing of the task is disposed. */
export function takeStep(task: StepTask): TakenStep {
  const whole = takeWholeStep(task)
  if (whole === null) return takeComposedStep(task)
  const { live, losses, logits } = whole
  return {
    live,
    numbers: null,
    forget: () => tf.dispose([losses, logits]),
    async read() {
      const [lossValues, logitValues] = await Promise.all([losses.data(), logits.data()])
      tf.dispose([losses, logits])
      const ranks = rankLogits(logitValues as Float32Array, task.labels, task.network.task.classes)
      return [mean(lossValues as Float32Array), ranks.filter((rank) => rank.rankOfTruth === 0).length]
    },
  }
}

/** The same step as TensorFlow.js's operations, which every engine has. */
export function takeComposedStep(task: StepTask): TakenStep {
  const { experiment, network, labels, live, step } = task
  const loss = chooseLoss(experiment.loss)
  const optimizer = buildOptimizer(experiment)
  const kept = tf.tidy(() => {
    const truth = tf.oneHot(tf.tensor1d(labels, 'int32'), network.task.classes) as tf.Tensor2D
    let logits: tf.Tensor2D | undefined
    const differentiate = tf.valueAndGrads((...parameters: tf.Tensor[]) => {
      logits = tf.keep(applyNetwork(network, parameters, task.images, task.masks)) // [batch, classes]
      return tf.mean(loss(logits, truth))
    })
    const { value, grads } = differentiate([...live.parameters])
    const correct = countCorrect(logits, truth)
    logits?.dispose()
    const updates = live.parameters.map((parameter, index) =>
      optimizer.update(parameter, gradientOf(grads, index), live.slots[index] ?? [], step),
    )
    return {
      parameters: updates.map((update) => update.parameter),
      slots: updates.map((update) => [...update.slots]),
      measured: tf.stack([value, correct]) as tf.Tensor1D, // [2]
    }
  })
  return {
    live: { parameters: kept.parameters, slots: kept.slots },
    numbers: kept.measured,
    forget: () => kept.measured.dispose(),
    async read() {
      const [value = Number.NaN, correct = 0] = await kept.measured.data()
      kept.measured.dispose()
      return [value, correct]
    },
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function countCorrect(logits: tf.Tensor2D | undefined, truth: tf.Tensor2D): tf.Scalar {
  if (logits === undefined) throw new RangeError('the step did not go forward')
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(truth, 1)), 'float32'))
}

function gradientOf(gradients: readonly tf.Tensor[], index: number): tf.Tensor {
  const gradient = gradients[index]
  if (gradient === undefined) throw new RangeError(`no gradient was computed for parameter ${index}`)
  return gradient
}
