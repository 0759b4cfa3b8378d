// The probe by which an engine's numbers are held against another's.
import * as tf from '@tensorflow/tfjs'
import { afterEach, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { probeStep } from '#shared/core/training/probe-step.ts'
import { completeExperiment } from '#shared/experiment.ts'

const experiment = completeExperiment({ dataset: 'noise', model: { name: 'tiny-vgg', dropout: 0.2 } }, 60_000)
const network = buildNetwork(experiment.model, { height: 28, width: 28, channels: 1, classes: 10 })

afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

describe('the probe', () => {
  it('gives the loss and every weight, always the same', async () => {
    await startEngine('wasm')
    const first = await probeStep(experiment, network)
    expect(first).toHaveLength(1 + network.parameterCount)
    expect(await probeStep(experiment, network)).toEqual(first)
  })

  it('tells an engine that computes wrongly', async () => {
    await startEngine('cpu')
    const right = await probeStep(experiment, network)
    const relu = tf.getKernel('Relu', 'cpu')
    tf.unregisterKernel('Relu', 'cpu')
    tf.registerKernel({
      ...relu,
      kernelFunc: ({ inputs }) => tf.tidy(() => tf.mul(inputs['x'] as tf.Tensor, 1)),
    })
    const wrong = await probeStep(experiment, network)
    tf.unregisterKernel('Relu', 'cpu')
    tf.registerKernel(relu)
    expect(Math.abs((wrong[0] ?? 0) - (right[0] ?? 0))).toBeGreaterThan(1e-4)
  })
})
