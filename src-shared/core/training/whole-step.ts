// Some engines take a whole training step, or a whole pass forward, in one kernel of their own. This hands the network
// over as plain data; where the engine has no such kernel, or none for this network, the answer is null.
// The kernels are described in src-shared/simd/kernels/network.ts; any other backend may register its own.
import * as tf from '@tensorflow/tfjs'
import type { ActivationName, Experiment, LossName } from '../../experiment.ts'
import type { Layer } from '../models/layers.ts'
import type { Network, SizedLayer } from '../models/network.ts'
import { hasKernel, runKernel } from './engine-kernel.ts'
import type { StepTask } from './step.ts'
import type { LiveState } from './training-state.ts'

const TRAINING_STEP = 'TrainingStep'
const NETWORK_FORWARD = 'NetworkForward'

/** PyTorch's names for what the kernels compute; `nll` is on log-softmax, which makes it cross-entropy. */
const LOSSES: Readonly<Record<LossName, string>> = {
  'cross-entropy': 'CrossEntropyLoss',
  nll: 'CrossEntropyLoss',
  'multi-margin': 'MultiMarginLoss',
  'nll-on-logits': 'NLLLoss',
}

export interface WholeStep {
  readonly live: LiveState
  /** [batch], of each image, before the update. */
  readonly losses: tf.Tensor
  /** [batch, classes], before the update. */
  readonly logits: tf.Tensor
}

/** Takes the step in one kernel; all tensors of the answer are new and belong to the caller. */
export function takeWholeStep(task: StepTask): WholeStep | null {
  const { experiment, network, labels, live, step } = task
  if (!hasKernel(TRAINING_STEP)) return null
  const layers = describeLayers(network)
  const truth = tf.tensor1d(labels, 'int32')
  const masks = shapeMasks(network, task.masks)
  const inputs = {
    images: task.images,
    labels: truth,
    ...named('parameter', live.parameters),
    ...nameSlots(experiment, live),
    ...named('mask', masks),
  }
  const attributes = { layers, loss: LOSSES[experiment.loss], optimizer: describeOptimizer(experiment, step) }
  const [losses, logits, ...rest] = runKernel(TRAINING_STEP, inputs, attributes)
  tf.dispose([truth, masks])
  if (losses === undefined || logits === undefined) return null
  const count = live.parameters.length
  const parameters = rest.slice(0, count)
  const slots = parameters.map((_, index) => rest.slice(count).filter((_slot, at) => at % count === index))
  return { losses, logits, live: { parameters, slots } }
}

/** Logits [batch, classes] of images [batch, height, width, channels]. */
export function applyWholeNetwork(
  network: Network,
  parameters: readonly tf.Tensor[],
  images: tf.Tensor4D,
): tf.Tensor2D | null {
  if (!hasKernel(NETWORK_FORWARD)) return null
  const layers = describeLayers(network)
  const [logits] = runKernel(NETWORK_FORWARD, { images, ...named('parameter', parameters) }, { layers })
  return (logits as tf.Tensor2D | undefined) ?? null
}

function describeLayers(network: Network): readonly object[] {
  return network.layers.flatMap(({ layer }) => describeLayer(layer))
}

function describeLayer(layer: Layer): object[] {
  switch (layer.kind) {
    case 'convolution': {
      const { stride, padding: side } = layer
      const activation = describeActivation(layer.activation)
      const padding = { top: side, bottom: side, left: side, right: side }
      return [{ kind: 'convolution', strides: [stride, stride], padding, activation }]
    }
    case 'pooling': {
      const kind = layer.pooling === 'max' ? 'maxPooling' : 'averagePooling'
      const window = [layer.size, layer.size]
      return [{ kind, window, strides: window, padding: { top: 0, bottom: 0, left: 0, right: 0 } }]
    }
    case 'flatten':
      return []
    case 'dropout':
      return [{ kind: 'dropout' }]
    case 'dense': {
      const activation = describeActivation(layer.activation)
      return [{ kind: 'dense', activation }]
    }
    default:
      return layer satisfies never
  }
}

/** The kernels' names for the activations. */
const ACTIVATIONS: Readonly<Record<ActivationName, string>> = {
  relu: 'relu',
  'leaky-relu': 'leakyRelu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
}

function describeActivation(activation: ActivationName | null): string {
  return activation === null ? 'linear' : ACTIVATIONS[activation]
}

function describeOptimizer({ optimizer, learningRate }: Experiment, step: number): object {
  switch (optimizer.name) {
    case 'sgd':
      return { name: 'SGD', learningRate, momentum: optimizer.momentum }
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer
      return { name: 'Adam', learningRate, beta1, beta2, epsilon, step }
    }
    default:
      return optimizer satisfies never
  }
}

/** The kernel's names for what each optimizer keeps, in the order of its slots. */
function nameSlots({ optimizer }: Experiment, { slots }: LiveState): Record<string, tf.Tensor> {
  const names = optimizer.name === 'adam' ? ['first', 'second'] : ['velocity']
  const entries = slots.flatMap((ofParameter, index) =>
    ofParameter.map((slot, at) => [`${names[at] ?? ''}${index}`, slot] as const),
  )
  return Object.fromEntries(entries)
}

/** The kernels have no flattening: masks take the shape of the image that was flattened. */
function shapeMasks(network: Network, masks: readonly tf.Tensor[]): tf.Tensor[] {
  const dropouts = network.layers.filter(({ layer }) => layer.kind === 'dropout')
  return masks.map((mask, index) => tf.reshape(mask, [-1, ...imageShape(dropouts[index])]))
}

function imageShape(dropout: SizedLayer | undefined): readonly number[] {
  if (dropout === undefined) throw new RangeError('there are more masks than dropout layers')
  const { flattenedFrom, input } = dropout
  return flattenedFrom ?? (input.length === 3 ? input : [1, 1, ...input])
}

function named(name: string, tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  return Object.fromEntries(tensors.map((tensor, index) => [`${name}${index}`, tensor]))
}
