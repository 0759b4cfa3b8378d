// Loss functions with PyTorch's definitions. Each gives one value per image; a batch's loss is their mean.
// Formulas: torch.nn.CrossEntropyLoss, MultiMarginLoss (p = 1, margin = 1) and NLLLoss.
import * as tf from '@tensorflow/tfjs'
import type { LossName } from '../../experiment.ts'

/** Logits [batch, classes] and the truth one-hot [batch, classes] -> loss of each image [batch]. */
export type Loss = (logits: tf.Tensor2D, truth: tf.Tensor2D) => tf.Tensor1D

/** logsumexp(x) - x_y */
const crossEntropy: Loss = (logits, truth) => negativeLogLikelihood(tf.logSoftmax(logits), truth)

/** -x_y of whatever is given: log-probabilities by its name, and nobody checks. */
const negativeLogLikelihood: Loss = (values, truth) => tf.neg(tf.sum(tf.mul(values, truth), 1))

/** (1/C) sum over j != y of max(0, 1 - x_y + x_j); the sum is divided by C, not by C - 1. */
const multiMargin: Loss = (logits, truth) => {
  const classes = logits.shape[1]
  const right = tf.sum(tf.mul(logits, truth), 1, true) // [batch, 1]
  const margins = tf.relu(tf.add(tf.sub(logits, right), 1)) // [batch, classes]; the right class gives 1
  return tf.div(tf.sub(tf.sum(margins, 1), 1), classes)
}

const LOSSES: Readonly<Record<LossName, Loss>> = {
  'cross-entropy': crossEntropy,
  'multi-margin': multiMargin,
  // With log-softmax before it, NLLLoss is CrossEntropyLoss: the same values and the same gradients.
  nll: crossEntropy,
  'nll-on-logits': negativeLogLikelihood,
}

export function chooseLoss(name: LossName): Loss {
  return LOSSES[name]
}
