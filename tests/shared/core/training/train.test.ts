import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { Random } from '#shared/core/random.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import {
  train,
  type TrainingControl,
  type TrainingEvent,
  type TrainingTask,
} from '#shared/core/training/train.ts'
import { drawInitialState } from '#shared/core/training/training-state.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import { buildSmallTask, collectEvents, NO_CONTROL, takeEpochs } from './small-task.ts'

beforeAll(() => startEngine('wasm'))

const TINY_VGG = { name: 'tiny-vgg', channels: 4, blocks: 1, dropout: 0.2 } as const
const ADAM = { name: 'adam' } as const

/** Time passes only at `breathe`: 100 ms for each batch and each pass of measuring. */
function buildClock(): TrainingControl {
  let now = 5000
  return {
    breathe: () => {
      now += 100
      return Promise.resolve()
    },
    elapsedMs: () => now,
  }
}

/** A control that cancels at the `calls`th breath. */
function cancelAt(calls: number): TrainingControl {
  let left = calls
  return {
    ...NO_CONTROL,
    breathe: () => (--left <= 0 ? Promise.reject(new Failure('cancelled', 'enough')) : Promise.resolve()),
  }
}

/** The events up to the end or the failure, and the failure. */
async function collectUntilFailure(
  task: TrainingTask,
): Promise<{ events: TrainingEvent[]; failure: unknown }> {
  const events: TrainingEvent[] = []
  try {
    for await (const event of train(task)) events.push(event)
    return { events, failure: null }
  } catch (failure) {
    return { events, failure }
  }
}

describe('the events of a training', () => {
  const number: unknown = expect.any(Number)

  function batch(epoch: number, batch: number, imagesPerSecond: number, remainingMs: number | null) {
    const progress = { epoch, batch, batches: 3, imagesPerSecond, remainingMs }
    return {
      type: 'batch-completed',
      progress: { ...progress, batchLoss: number, loss: number, accuracy: number },
    }
  }

  function epoch(epoch: number, elapsedMs: number) {
    const split = (count: number) => ({
      loss: number,
      accuracy: number,
      exactLoss: number,
      correct: number,
      count,
    })
    const state: unknown = expect.objectContaining({ epoch, step: 3 * epoch })
    const splits = { train: split(40), validation: split(7), test: null }
    return {
      type: 'epoch-completed',
      metrics: { epoch, ...splits, elapsedMs, imagesPerSecond: 40 / 0.3 },
      state,
    }
  }

  it('are each batch, each epoch and the end, with the pace and the time that is left', async () => {
    const events = await collectEvents(buildSmallTask({ epochs: 2 }, { control: buildClock() }))
    expect(events).toEqual([
      batch(1, 1, 160, null),
      batch(1, 2, 160, 400),
      batch(1, 3, 40 / 0.3, 300),
      epoch(1, 5400), // three batches and one pass over the validation images
      batch(2, 1, 160, null),
      batch(2, 2, 160, 100),
      batch(2, 3, 40 / 0.3, 0),
      epoch(2, 5800),
      {
        type: 'completed',
        evaluation: expect.objectContaining({ split: 'test' }) as unknown,
        predictions: expect.anything() as unknown,
      },
    ])
  })

  it('measure the test images after every epoch when the experiment says so, and then not once more', async () => {
    let breaths = 0
    const breathe = () => {
      breaths += 1
      return Promise.resolve()
    }
    const control = { ...NO_CONTROL, breathe }
    const task = buildSmallTask(
      { epochs: 2, testEachEpoch: true, validationImages: 0 },
      { validation: null, control },
    )
    const events = await collectEvents(task)
    expect(breaths).toBe(2 * (3 + 1))
    const [, second] = takeEpochs(events)
    const end = events.at(-1)
    expect(second?.metrics.test?.count).toBe(9)
    expect(end?.type === 'completed' ? end.evaluation.metrics : null).toEqual(second?.metrics.test)
  })

  it('give the mean of the batch means beside the mean over the images, which a short last batch parts', async () => {
    const events = await collectEvents(buildSmallTask({ epochs: 1 }))
    const losses = events.flatMap((event) =>
      event.type === 'batch-completed' ? [event.progress.batchLoss] : [],
    )
    const [first = 0, second = 0, last = 0] = losses
    const { metrics } = takeEpochs(events)[0] ?? {}
    expect(losses).toHaveLength(3)
    expect(metrics?.train.loss).toBeCloseTo((first + second + last) / 3, 12)
    expect(metrics?.train.exactLoss).toBeCloseTo((16 * first + 16 * second + 8 * last) / 40, 12)
    expect(metrics?.train.loss).not.toBeCloseTo(metrics?.train.exactLoss ?? 0, 6)
  })
})

describe('a training', () => {
  it('that hardly moves measures the same while it trains as after', async () => {
    const { train: images } = buildSmallTask()
    const task = buildSmallTask({ learningRate: 1e-30, epochs: 1 }, { validation: images })
    const [epoch] = takeEpochs(await collectEvents(task))
    expect(epoch?.metrics.train.correct).toBe(epoch?.metrics.validation?.correct)
    expect(epoch?.metrics.train.exactLoss).toBeCloseTo(epoch?.metrics.validation?.exactLoss ?? 0, 5)
  })

  it.each<[string, Partial<NewExperiment>, number]>([
    ['no split', { validationImages: 0 }, 0],
    ['the validation images', {}, 1],
    ['the test images', { validationImages: 0, testEachEpoch: true }, 1],
    ['both', { testEachEpoch: true, validationImages: 7 }, 2],
  ])(
    'that measures %s draws twice 64 bits in each epoch for the order, and 64 for each pass',
    async (_, change, passes) => {
      const parts = change.validationImages === 0 ? { validation: null } : {}
      const epochs = takeEpochs(await collectEvents(buildSmallTask({ epochs: 2, ...change }, parts)))
      const random = new Random(42)
      const expected = epochs.map(() => {
        for (let i = 0; i < 2 + passes; i++) random.nextUint64()
        return random.saveState()
      })
      expect(epochs.map(({ state }) => state.random)).toEqual(expected)
    },
  )

  it.each<[string, NewExperiment['model']]>([
    ['a multilayer perceptron', { name: 'mlp', hiddenUnits: [32] }],
    ['TinyVGG', { ...TINY_VGG, channels: 8, dropout: 0 }],
  ])('of %s learns 40 images of noise by heart', async (_, model) => {
    const task = buildSmallTask({ model, optimizer: ADAM, learningRate: 0.01, epochs: 60 })
    const events = await collectEvents(task)
    expect(takeEpochs(events).at(-1)?.metrics.train.correct).toBe(40)
  })

  it('draws its initial weights from its seed, and its order of images from the seed again', async () => {
    const first = async (seed: number) => {
      const events = await collectEvents(buildSmallTask({ epochs: 1, seed }))
      return events.flatMap((event) => (event.type === 'batch-completed' ? [event.progress.batchLoss] : []))
    }
    expect(await first(1)).toEqual(await first(1))
    expect(await first(1)).not.toEqual(await first(2))
  })
})

describe('tensors', () => {
  it.each([
    ['SGD', {}],
    ['momentum', { optimizer: { name: 'sgd', momentum: 0.9 } }],
    ['Adam, dropout and convolutions', { optimizer: ADAM, model: TINY_VGG }],
  ] as const)('are as many after every epoch with %s, and none are left at the end', async (_, change) => {
    const before = tf.memory().numTensors
    const counts: number[] = []
    for await (const event of train(buildSmallTask({ ...change, epochs: 4 }))) {
      if (event.type === 'epoch-completed') counts.push(tf.memory().numTensors - before)
    }
    expect(counts).toEqual(new Array(4).fill(counts[0]))
    expect(counts[0]).toBeGreaterThan(0)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('are all gone when whoever iterates stops asking', async () => {
    const before = tf.memory().numTensors
    for await (const event of train(buildSmallTask({ model: TINY_VGG })))
      if (event.type === 'epoch-completed') break
    for await (const event of train(buildSmallTask({ model: TINY_VGG })))
      if (event.type === 'batch-completed') break
    expect(tf.memory().numTensors).toBe(before)
  })

  // 2 epochs: 3 batches and a pass of measuring each; then the test images
  it.each([1, 2, 3, 4, 5, 8, 9])('are all gone when it is cancelled at breath %d', async (breath) => {
    const before = tf.memory().numTensors
    const task = buildSmallTask(
      { epochs: 2, model: TINY_VGG, optimizer: ADAM },
      { control: cancelAt(breath) },
    )
    const { events, failure } = await collectUntilFailure(task)
    expect(failure).toEqual(new Failure('cancelled', 'enough'))
    expect(takeEpochs(events).map(({ metrics }) => metrics.epoch)).toEqual(
      [1, 2].slice(0, Math.floor((breath - 1) / 4)),
    )
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('numbers that are no longer finite', () => {
  const noBottom = { loss: 'nll-on-logits', epochs: 50, batchSize: 40 } as const
  const diverged: unknown = expect.objectContaining({ code: 'diverged' })

  it('end the training with the reason, after its last good epoch', async () => {
    const before = tf.memory().numTensors
    const { events, failure } = await collectUntilFailure(buildSmallTask({ ...noBottom, learningRate: 100 }))
    const epochs = takeEpochs(events)
    expect(failure).toEqual(diverged)
    expect(failure).toHaveProperty(
      'message',
      expect.stringMatching(
        new RegExp(
          `^Training stopped in epoch ${epochs.length + 1}: .*\\. The last finished epoch is kept\\. A lower learning rate`,
        ),
      ),
    )
    expect(epochs.length).toBeGreaterThan(0)
    for (const { state, metrics } of epochs) {
      expect([...state.parameters, ...state.slots].every(({ values }) => values.every(Number.isFinite))).toBe(
        true,
      )
      expect(metrics.train.loss + metrics.train.exactLoss + (metrics.validation?.loss ?? 0)).toBeLessThan(
        Infinity,
      )
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  /** A linear model with about one weight in its first layer and another in its second, before its only epoch. */
  function startFrom(
    first: number,
    second: number,
    change: object,
    validation: TrainingTask['validation'],
  ): TrainingTask {
    const task = buildSmallTask(
      { ...noBottom, model: { name: 'linear' }, epochs: 1, ...change },
      { validation },
    )
    const state = drawInitialState(task.network, buildOptimizer(task.experiment), 1)
    const parameters = state.parameters.map((parameter, layer) => {
      const weight = [first, 0, second, 0][layer] ?? 0
      return { ...parameter, values: parameter.values.map((_, index) => weight * (1 + index * 0.01)) }
    })
    return { ...task, resumeFrom: { ...state, parameters } }
  }

  it('are found in a measured loss even while every weight is finite', async () => {
    const { validation } = buildSmallTask()
    for (const held of [validation, null]) {
      const { events, failure } = await collectUntilFailure(
        startFrom(3e16, 3e16, { learningRate: 100 }, held),
      )
      expect([events.map(({ type }) => type), failure]).toEqual([
        held === null ? ['batch-completed', 'epoch-completed'] : ['batch-completed'],
        diverged,
      ])
      expect(failure).toHaveProperty(
        'message',
        expect.stringContaining('the loss on held-out images is not finite'),
      )
    }
  })

  it('are found in what an optimizer keeps: a square that is too large, while loss and weights are finite', async () => {
    const { events, failure } = await collectUntilFailure(startFrom(1e20, 1, { optimizer: ADAM }, null))
    expect([events.map(({ type }) => type), failure]).toEqual([['batch-completed'], diverged])
    expect(failure).toHaveProperty('message', expect.stringContaining('no longer a finite number'))
  })

  it('are found in a loss', async () => {
    const { events, failure } = await collectUntilFailure(startFrom(1e25, 1e25, {}, null))
    expect([events, failure]).toEqual([[], diverged])
    expect(failure).toHaveProperty('message', expect.stringContaining('the loss of batch 1 became'))
  })
})
