import { describe, expect, it } from 'vitest'
import { completeExperiment } from '#shared/experiment.ts'
import { describePlace } from '../../../src-renderer/state/live-words.ts'

const experiment = completeExperiment({ dataset: 'sketches', epochs: 3 }, 10_000)
const progress = {
  ...{ epoch: 2, batch: 5, batches: 10, loss: 1, accuracy: 0.5, imagesPerSecond: 100, remainingMs: null },
  ...{ batchLosses: [], memoryBytes: 1 },
}

describe('where a training is', () => {
  it('begins with the engine, also where it goes on after some epochs', () => {
    expect(describePlace(experiment, 0, null, false)).toBe('starting the engine')
    expect(describePlace(experiment, 2, null, false)).toBe('starting the engine')
  })

  it('is its epoch once it has told of a batch, and while it is paused', () => {
    expect(describePlace(experiment, 1, progress, false)).toBe('epoch 2 of 3')
    expect(describePlace(experiment, 1, progress, true)).toBe('paused in epoch 2 of 3')
    expect(describePlace(experiment, 1, null, true)).toBe('paused in epoch 2 of 3')
    expect(describePlace(experiment, 3, null, true)).toBe('paused in epoch 3 of 3')
  })
})
