import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildNetwork } from '#shared/core/models/network.ts'
import { calibrate } from '#shared/core/training/calibrate.ts'
import { parseExperiment } from '#shared/experiment.ts'

const TASK = { height: 8, width: 8, channels: 1, classes: 3 }

/** Counts a millisecond each time it is asked. */
function countingClock(): () => number {
  let time = 0
  return () => (time += 1)
}

describe('a calibration', () => {
  beforeAll(() => tf.setBackend('cpu'))

  it.each([
    { model: { name: 'linear' } },
    { model: { name: 'mlp', dropout: 0.5 }, optimizer: { name: 'adam' } },
    { model: { name: 'tiny-vgg', blocks: 1, channels: 2 }, optimizer: { name: 'sgd', momentum: 0.9 } },
  ] as const)('of %j times steps and measuring, and leaves no tensor', async (settings) => {
    const experiment = parseExperiment({ dataset: 'none', validationImages: 0, batchSize: 4, ...settings })
    const before = tf.memory().numTensors
    const times = await calibrate(experiment, buildNetwork(experiment.model, TASK), countingClock())
    expect(times).toEqual({ stepMs: 1, imageMs: 1 / 512 })
    expect(tf.memory().numTensors).toBe(before)
  })
})
