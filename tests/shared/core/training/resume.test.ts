import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { encodeSafetensors } from '#shared/core/safetensors.ts'
import type { TrainingEvent } from '#shared/core/training/train.ts'
import type { TrainingState } from '#shared/core/training/training-state.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { buildSmallTask, collectEvents, takeEpochs, withoutTime } from './small-task.ts'

beforeAll(() => startEngine('wasm'))

/** Every byte that decides how a training goes on. */
function toBytes({ epoch, step, random, parameters, slots }: TrainingState): Buffer {
  const words = { name: 'random', shape: [random.words.length], values: random.words }
  const metadata = { epoch: String(epoch), step: String(step), position: String(random.position) }
  return Buffer.from(encodeSafetensors({ metadata, tensors: [...parameters, ...slots, words] }))
}

/** All that a training leaves behind but the time: states to the byte, metrics, evaluation and predictions. */
function summarise(events: readonly TrainingEvent[]) {
  const epochs = takeEpochs(events).map(({ metrics, state }) => ({
    metrics: withoutTime(metrics),
    state: toBytes(state).toString('base64'),
  }))
  return { epochs, end: events.at(-1) }
}

const OPTIMIZERS = {
  SGD: { name: 'sgd' },
  momentum: { name: 'sgd', momentum: 0.9 },
  Adam: { name: 'adam' },
} as const

/** With this share of dropout. */
const MODELS: Readonly<Record<string, (dropout: number) => NewExperiment['model']>> = {
  'a multilayer perceptron': (dropout) => ({ name: 'mlp', hiddenUnits: [12, 8], dropout }),
  TinyVGG: (dropout) => ({ name: 'tiny-vgg', channels: 3, blocks: 1, dropout }),
}

const EPOCHS = 4

describe.each(Object.entries(OPTIMIZERS))('a training with %s', (_, optimizer) => {
  it.each(
    Object.entries(MODELS).flatMap(([name, model]) => [0, 0.4].map((dropout) => ({ name, model, dropout }))),
  )(
    'of $name with dropout $dropout, resumed after any epoch, is the one that never stopped',
    async ({ model, dropout }) => {
      const change: Partial<NewExperiment> = {
        epochs: EPOCHS,
        optimizer,
        learningRate: 0.01,
        model: model(dropout),
      }
      const events = await collectEvents(buildSmallTask(change))
      const whole = summarise(events)
      expect(new Set(whole.epochs.map(({ state }) => state)).size).toBe(EPOCHS)
      for (const { state } of takeEpochs(events)) {
        const resumeFrom = structuredClone(state)
        const rest = summarise(await collectEvents(buildSmallTask(change, { resumeFrom })))
        expect(rest).toEqual({ epochs: whole.epochs.slice(state.epoch), end: whole.end })
        expect(toBytes(resumeFrom)).toEqual(toBytes(state)) // what it went on from is as it was
      }
    },
  )
})

describe('a training that watches the test images', () => {
  it('goes on to the same bytes, because each pass over them draws from the generator too', async () => {
    const change = { epochs: 3, testEachEpoch: true, validationImages: 0 }
    const events = await collectEvents(buildSmallTask(change, { validation: null }))
    const whole = summarise(events)
    const [first] = takeEpochs(events)
    const resumed = buildSmallTask(change, { validation: null, resumeFrom: first?.state ?? null })
    expect(summarise(await collectEvents(resumed))).toEqual({ epochs: whole.epochs.slice(1), end: whole.end })
  })
})

describe('a training with more epochs', () => {
  it('begins as the shorter one, which can be gone on from', async () => {
    const short = summarise(await collectEvents(buildSmallTask({ epochs: 2 })))
    const long = summarise(await collectEvents(buildSmallTask({ epochs: 3 })))
    expect(long.epochs.slice(0, 2)).toEqual(short.epochs)
  })
})
