import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { buildNetwork } from '#shared/core/models/network.ts'
import { calibrate } from '#shared/core/training/calibrate.ts'
import { type Experiment, parseExperiment } from '#shared/experiment.ts'

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
    const network = buildNetwork(experiment.model, TASK)
    const times = await calibrate({ experiment, network, classNames: [] }, countingClock())
    expect(times).toEqual({ stepMs: 1, imageMs: 1 / 512 })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('takes steps on images that are changed where those of the training are', async () => {
    const plain = await watchImages('none')
    expect(plain.length).toBeGreaterThan(3)
    for (const images of plain) expect(images).toEqual(plain[0])
    const changed = await watchImages('photo')
    expect(changed).toHaveLength(plain.length)
    for (const images of changed) expect(images).not.toEqual(plain[0])
    expect(changed[1]).not.toEqual(changed[0])
  })
})

/** The values of every batch that a step is taken on. */
async function watchImages(augmentation: Experiment['augmentation']): Promise<readonly Float32Array[]> {
  const settings = { dataset: 'none', validationImages: 0, batchSize: 4, model: { name: 'linear' } } as const
  const experiment = parseExperiment({ ...settings, augmentation })
  const shape = [4, TASK.height, TASK.width, 1]
  const made = vi.spyOn(tf.engine(), 'makeTensor')
  try {
    await calibrate(
      { experiment, network: buildNetwork(experiment.model, TASK), classNames: [] },
      countingClock(),
    )
    const batches = made.mock.calls.filter(([, given]) => String(given) === String(shape)) // measured are more at once
    return batches.map(([values]) => values as Float32Array)
  } finally {
    made.mockRestore()
  }
}
