// The hidden page that computes on a GPU, as it is built, under its own policy, in a real Chromium. SwiftShader stands in for
// the GPU: slow, and right.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPace } from '#main/training/pace.ts'
import type { WindowPort } from '#main/training/window-port.ts'
import { computeInWindow } from '#main/training/window-computing.ts'
import type { PlainTask } from '#main/training/computing.ts'
import type { TrainingEvent } from '#shared/core/training/train.ts'
import type { TrainingState } from '#shared/core/training/training-state.ts'
import { describeFailure } from '#shared/failure.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { buildSmallTask, collectEvents } from '../shared/core/training/small-task.ts'
import { buildTrainerPage, openTrainerPage, type TrainerPage } from './open-trainer-page.ts'

const SETTINGS: Partial<NewExperiment> = {
  model: { name: 'tiny-vgg', channels: 2, blocks: 1, dropout: 0.25 },
  optimizer: { name: 'sgd', momentum: 0.9 },
  learningRate: 0.05,
  epochs: 2,
  testEachEpoch: true,
}
/** As the engine suite allows it for webgpu. */
const TOLERANCE = 1e-4
const MISSING = findChromium() === null ? ` (skipped: ${NO_CHROMIUM})` : ''

let folder = ''
let opened: TrainerPage | null = null
let noGpu = ''

beforeAll(async () => {
  if (MISSING !== '') return
  folder = await mkdtemp(join(tmpdir(), 'atelier-trainer-page-'))
  await buildTrainerPage(folder)
  opened = await openTrainerPage(folder)
  const computing = await computeInPage()
  const failure = await computing.start().then(() => null, describeFailure)
  noGpu = failure?.message ?? ''
}, 240_000)
afterAll(async () => {
  await opened?.close()
  if (folder !== '') await rm(folder, { recursive: true })
})

async function openPort(): Promise<WindowPort> {
  if (opened === null) throw new Error('the page is not open')
  return opened.openPort()
}

async function computeInPage(announce: (state: 'paused' | 'resumed') => void = () => undefined) {
  const pace = startPace(() => undefined)
  return Object.assign(computeInWindow(await openPort(), pace, announce), { pace })
}

function plainTask(settings: Partial<NewExperiment>, resumeFrom: TrainingState | null = null): PlainTask {
  const { experiment, network, train, validation, test } = buildSmallTask(settings)
  return { experiment, train, validation, test, task: network.task, resumeFrom, elapsedMs: 0 }
}

async function trainInPage(task: PlainTask): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  const computing = await computeInPage()
  for await (const event of computing.train(task)) events.push(event)
  return events
}

/** All numbers of a training that do not come from a clock. */
function numbersOf(events: readonly TrainingEvent[]): number[] {
  return events.flatMap((event) => {
    if (event.type === 'batch-completed') return [event.progress.batchLoss, event.progress.loss]
    if (event.type === 'completed') return [event.evaluation.metrics.loss, ...event.predictions.probabilities]
    const { metrics, state } = event
    const values = [...state.parameters, ...state.slots].flatMap((one) => [...one.values])
    return [metrics.train.loss, metrics.validation?.loss ?? 0, metrics.test?.loss ?? 0, ...values]
  })
}

function largestDifference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  return Math.max(...found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))))
}

describe.skipIf(MISSING)(`the trainer page${MISSING}`, () => {
  it('trains on the GPU with the numbers of cpu, to the end', { timeout: 240_000 }, async (context) => {
    context.skip(noGpu !== '', noGpu)
    await tf.setBackend('cpu')
    const expected = await collectEvents(buildSmallTask(SETTINGS))
    const found = await trainInPage(plainTask(SETTINGS))
    expect(found.map(({ type }) => type)).toEqual(expected.map(({ type }) => type))
    expect(largestDifference(numbersOf(found), numbersOf(expected))).toBeLessThan(TOLERANCE)
    const randomOf = (events: readonly TrainingEvent[]) =>
      events.flatMap((event) => (event.type === 'epoch-completed' ? [event.state.random] : []))
    expect(randomOf(found)).toEqual(randomOf(expected))
  })

  it('goes on from a checkpoint', { timeout: 240_000 }, async (context) => {
    context.skip(noGpu !== '', noGpu)
    await tf.setBackend('cpu')
    const expected = await collectEvents(buildSmallTask(SETTINGS))
    const [first] = expected.flatMap((event) => (event.type === 'epoch-completed' ? [event.state] : []))
    const found = await trainInPage(plainTask(SETTINGS, first ?? null))
    const rest = expected.slice(expected.findIndex(({ type }) => type === 'epoch-completed') + 1)
    expect(largestDifference(numbersOf(found), numbersOf(rest))).toBeLessThan(TOLERANCE)
  })

  it('says that it is paused, and is cancelled out of a pause', { timeout: 240_000 }, async (context) => {
    context.skip(noGpu !== '', noGpu)
    const said: string[] = []
    const computing = await computeInPage((state) => {
      said.push(state)
      computing.pace.cancel()
    })
    const failure = await (async () => {
      for await (const event of computing.train(plainTask({ ...SETTINGS, epochs: 5000 })))
        if (event.type === 'batch-completed' && said.length === 0) computing.pace.pause()
      return null
    })().catch(describeFailure)
    expect(said).toEqual(['paused'])
    expect(failure).toEqual({
      code: 'cancelled',
      message: 'The run was cancelled; its finished epochs are kept.',
    })
  })

  it(
    'measures its engine, and holds its numbers against those of cpu',
    { timeout: 240_000 },
    async (context) => {
      context.skip(noGpu !== '', noGpu)
      const { experiment, task } = plainTask({ model: { name: 'linear' } })
      const computing = await computeInPage()
      const answer = await computing.answer({
        type: 'calibrate',
        job: { experiment, task, classNames: [], engine: 'webgpu', threads: 'automatic' },
      })
      expect(answer).toMatchObject({ type: 'calibrated', engine: { name: 'webgpu', backend: 'webgpu' } })
      expect(answer.type === 'calibrated' && answer.times.stepMs).toBeGreaterThan(0)
    },
  )

  it.runIf(process.platform === 'linux')(
    'says on Linux how a GPU may be reached that was not found',
    { timeout: 240_000 },
    async (context) => {
      context.skip(noGpu !== '', noGpu)
      const answer = await (await computeInPage()).answer({ type: 'check-engine', engine: 'webgpu' })
      expect(answer).toMatchObject({
        engine: {
          name: 'webgpu',
          notice: expect.stringMatching(
            /^No GPU was found: .* start Atelier with --enable-features=Vulkan\.$/,
          ) as string,
        },
      })
    },
  )

  it('tells of an engine that it has not, and of what it does not understand, in a sentence', async () => {
    const computing = await computeInPage()
    const ofEngine = await computing.answer({ type: 'check-engine', engine: 'cuda' }).catch(describeFailure)
    expect(ofEngine).toEqual({ code: 'unavailable', message: 'The engine cuda does not run in a window.' })
    const model = { name: 'mlp' as const, hiddenUnits: [6, 6, 6] }
    const diverging = { model, learningRate: 100, loss: 'nll-on-logits', epochs: 100 } as const
    const ofNumbers = noGpu === '' ? await trainInPage(plainTask(diverging)).catch(describeFailure) : null
    if (noGpu === '') expect(ofNumbers).toHaveProperty('code', 'diverged')
    const port = await openPort()
    const said = new Promise((hear) => port.onMessage(hear))
    port.post({ type: 'make coffee' })
    expect(await said).toMatchObject({ type: 'failed', failure: { code: 'internal' } })
  }, 240_000)

  it('keeps to its policy: nothing was blocked, nothing went wrong', () => {
    expect(opened?.complaints).toEqual([])
  })

  it(
    'whose GPU is lost ends the training with the reason, and its finished epochs are kept',
    { timeout: 240_000 },
    async (context) => {
      context.skip(noGpu !== '', noGpu)
      const finished: number[] = []
      const computing = await computeInPage()
      await computing.start()
      const failure = await (async () => {
        for await (const event of computing.train(plainTask({ ...SETTINGS, epochs: 5000 }))) {
          if (event.type !== 'epoch-completed') continue
          finished.push(event.metrics.epoch)
          if (finished.length === 1) await opened?.loseGpu()
        }
        return null
      })().catch(describeFailure)
      expect(failure?.code).toBe('unavailable')
      expect(failure?.message).toMatch(
        /^The GPU was lost while it computed.*Finished epochs are kept: resume the run/,
      )
      expect(finished).toEqual(finished.map((_, index) => index + 1))
    },
  )
})
