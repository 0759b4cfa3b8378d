// One loss with its gradient, on the engine that is running.
import * as tf from '@tensorflow/tfjs'
import { chooseLoss } from '#shared/core/training/losses.ts'
import type { LossName } from '#shared/experiment.ts'
import { readTensors } from '../../../read-tensors.ts'

/** The mean loss of a batch and its gradient for the logits, row-major. */
export async function differentiateLoss(
  name: LossName,
  logits: readonly (readonly number[])[],
  labels: readonly number[],
): Promise<{ loss: number; gradient: number[] }> {
  const loss = chooseLoss(name)
  const [value, gradient] = await readTensors(() => {
    const truth = tf.oneHot(tf.tensor1d([...labels], 'int32'), logits[0]?.length ?? 0) as tf.Tensor2D
    const differentiate = tf.valueAndGrad((values: tf.Tensor) => tf.mean(loss(values as tf.Tensor2D, truth)))
    const { value, grad } = differentiate(tf.tensor2d(logits.map((row) => [...row])))
    return [value, grad]
  })
  return { loss: value?.[0] ?? Number.NaN, gradient: [...(gradient ?? [])] }
}

/** The loss of PyTorch's fixtures that each of ours must equal. */
export const TORCH_LOSSES = {
  'cross-entropy': 'cross_entropy',
  'multi-margin': 'multi_margin',
  nll: 'nll_on_log_softmax',
  'nll-on-logits': 'nll_on_raw_logits',
} as const satisfies Record<LossName, string>
