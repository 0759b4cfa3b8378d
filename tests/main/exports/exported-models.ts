// Models to export, of every kind of layer, with weights drawn from a seed; and what they answer here.
import * as tf from '@tensorflow/tfjs'
import type { ExportedModel } from '#main/exports/exported-model.ts'
import { applyNetwork } from '#shared/core/models/apply-network.ts'
import { drawInitialParameters } from '#shared/core/models/initial-parameters.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { modelSettings } from '#shared/experiment.ts'
import type { Run } from '#shared/run.ts'
import { sampleEvaluation, sampleRun } from '../store/sample-runs.ts'

/** Every layer, activation, pooling, padding and stride that a model can have. */
export const MODELS: readonly (readonly [string, object])[] = [
  ['the linear network', { name: 'linear' }],
  ['an MLP with dropout', { name: 'mlp', hiddenUnits: [16, 12], activation: 'tanh', dropout: 0.3 }],
  ['an MLP with activated logits', { name: 'mlp', hiddenUnits: [10], activateLogits: true }],
  ['TinyVGG', { name: 'tiny-vgg' }],
  ['TinyVGG without padding', { name: 'tiny-vgg', channels: 6, padding: 'valid', activation: 'sigmoid' }],
  [
    'TinyVGG with strides and average pooling',
    { name: 'tiny-vgg', channels: 4, stride: 2, blocks: 1, pooling: 'average', activation: 'leaky-relu' },
  ],
  [
    'a wide kernel with dropout',
    { name: 'tiny-vgg', channels: 3, kernelSize: 5, dropout: 0.5, activation: 'relu' },
  ],
]

export function buildModel(settings: object, seed = 7, channels = 1): ExportedModel {
  const experiment = { model: modelSettings.parse(settings) }
  const { experiment: whole, ...rest } = sampleRun(experiment)
  const run: Run = {
    ...rest,
    id: 'abcd1234',
    experiment: whole,
    ...{ status: 'completed', reason: null, engine: null, hardware: null },
    tags: [],
    ...{ createdAt: '2026-11-22T10:00:00.000Z', startedAt: null, finishedAt: null },
    ...{ epochs: [], evaluation: sampleEvaluation(100), starred: false, archived: false, deletedAt: null },
  }
  const network = buildNetwork(experiment.model, { height: 28, width: 28, channels, classes: 10 })
  const parameters = drawInitialParameters(network, new Random(seed))
  return { run, network, parameters, epoch: 3, version: '0.1.0' }
}

/** @returns `count` images [count, height, width, channels], 0..1 */
export function drawImages({ network }: ExportedModel, count: number, seed = 3): Float32Array {
  const { height, width, channels } = network.task
  const random = new Random(seed)
  return Float32Array.from({ length: count * height * width * channels }, () => random.uniform(0, 1))
}

/** Logits [count, classes] of the engine that has been started. */
export function answerHere({ network, parameters }: ExportedModel, images: Float32Array): Float32Array {
  const { height, width, channels } = network.task
  return tf.tidy(() => {
    const weights = parameters.map(({ values, shape }) => tf.tensor(values, [...shape], 'float32'))
    const input = tf.tensor4d(images, [images.length / (height * width * channels), height, width, channels])
    return applyNetwork(network, weights, input).dataSync<'float32'>()
  })
}

/** [count, height, width, channels] -> [count, channels, height, width] */
export function channelsFirst({ network }: ExportedModel, images: Float32Array): Float32Array {
  const { height, width, channels } = network.task
  const pixels = height * width
  return images.map((_, place) => {
    const image = Math.floor(place / (channels * pixels))
    const channel = Math.floor(place / pixels) % channels
    return images[(image * pixels + (place % pixels)) * channels + channel] ?? Number.NaN
  })
}

export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  return Array.from(found).reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (expected[index] ?? Number.NaN))),
    0,
  )
}
