// SGD and Adam with PyTorch's formulas. An optimizer's whole state is its slots (tensors beside each parameter) and
// the number of steps taken, so that it can be saved and restored exactly.
// Some engines have a kernel of their own for a step of Adam; it is described in src-shared/simd/kernels/updates.ts.
// Sources: torch.optim.SGD (dampening 0, no Nesterov) and torch.optim.Adam (no AMSGrad, no weight decay).
import * as tf from '@tensorflow/tfjs'
import type { Experiment, OptimizerSettings } from '../../experiment.ts'
import { hasKernel, runKernel } from './engine-kernel.ts'

const ADAM_UPDATE = 'AdamUpdate'

export interface Update {
  readonly parameter: tf.Tensor
  /** As many as `slotNames` has, in its order. */
  readonly slots: readonly tf.Tensor[]
}

export interface Optimizer {
  /** What is kept beside each parameter, of its shape, zero at the start. */
  readonly slotNames: readonly string[]
  /**
   * One step for one parameter; disposes nothing.
   * @param step 1-based number of this step
   */
  update(parameter: tf.Tensor, gradient: tf.Tensor, slots: readonly tf.Tensor[], step: number): Update
}

export function buildOptimizer({ optimizer, learningRate }: Experiment): Optimizer {
  switch (optimizer.name) {
    case 'sgd':
      return optimizer.momentum === 0 ? plainSgd(learningRate) : momentumSgd(learningRate, optimizer.momentum)
    case 'adam':
      return adam(learningRate, optimizer)
    default:
      return optimizer satisfies never
  }
}

/** w <- w - rate g */
function plainSgd(rate: number): Optimizer {
  return {
    slotNames: [],
    update: (parameter, gradient) => ({ parameter: descend(parameter, gradient, rate), slots: [] }),
  }
}

/** v <- momentum v + g;  w <- w - rate v */
function momentumSgd(rate: number, momentum: number): Optimizer {
  return {
    slotNames: ['momentum'],
    update(parameter, gradient, [velocity = tf.zerosLike(gradient)]) {
      const moved = tf.add(tf.mul(velocity, momentum), gradient)
      return { parameter: descend(parameter, moved, rate), slots: [moved] }
    },
  }
}

/** m <- b1 m + (1-b1) g;  v <- b2 v + (1-b2) g^2;  w <- w - rate/(1-b1^t) m / (sqrt v / sqrt(1-b2^t) + epsilon) */
function adam(
  rate: number,
  { beta1, beta2, epsilon }: Extract<OptimizerSettings, { name: 'adam' }>,
): Optimizer {
  return {
    slotNames: ['mean', 'square'],
    update(parameter, gradient, [mean = tf.zerosLike(gradient), square = tf.zerosLike(gradient)], step) {
      if (hasKernel(ADAM_UPDATE)) {
        const inputs = { weights: parameter, gradient, first: mean, second: square }
        const attributes = { learningRate: rate, beta1, beta2, epsilon, step }
        const [updated, ...slots] = runKernel(ADAM_UPDATE, inputs, attributes)
        if (updated !== undefined) return { parameter: updated, slots }
      }
      const nextMean = tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1))
      const nextSquare = tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2))
      const stepSize = rate / (1 - beta1 ** step)
      const scale = Math.sqrt(1 - beta2 ** step)
      const denominator = tf.add(tf.div(tf.sqrt(nextSquare), scale), epsilon)
      const direction = tf.div(nextMean, denominator)
      return { parameter: descend(parameter, direction, stepSize), slots: [nextMean, nextSquare] }
    },
  }
}

function descend(parameter: tf.Tensor, direction: tf.Tensor, rate: number): tf.Tensor {
  return tf.sub(parameter, tf.mul(direction, rate))
}
