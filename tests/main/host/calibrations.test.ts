import { describe, expect, it } from 'vitest'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { SKETCHES } from '#main/datasets/describe-dataset.ts'
import { estimateMs } from '#shared/calibration.ts'
import { ENGINE_NAMES } from '#shared/engine.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'
import { ENGINE } from '../store/sample-runs.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, queueSeeds, temporaryFolder } from './open-test-host.ts'

const TIMES = { stepMs: 2, imageMs: 0.05 }

function experiment(settings: Partial<NewExperiment> = {}) {
  const given: NewExperiment = { dataset: 'sketches', model: { name: 'mlp', hiddenUnits: [8] }, ...settings }
  return completeExperiment(given, SKETCHES.trainCount)
}

async function openFake(home?: string) {
  const trainers = new FakeTrainers()
  trainers.answer = { type: 'calibrated', engine: ENGINE, times: TIMES }
  const host = await openTestHost(trainers.spawn, home === undefined ? {} : { home })
  return { trainers, host }
}

describe('a calibration', () => {
  it('is measured once for a network and batch size, also after a restart', async () => {
    const folder = temporaryFolder()
    const { host, trainers } = await openFake(folder)
    const measured = await host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)
    expect(measured).toEqual({ state: 'measured', engine: ENGINE, ...TIMES, trainImagesPerSecond: 16_000 })
    const others = { seed: 7, epochs: 50, learningRate: 0.5, trainImages: 100 } // change nothing of a step's time
    expect(await host.calibrations.calibrate(experiment(others), 'wasm', SKETCHES)).toEqual(measured)
    expect(trainers.all).toHaveLength(1)
    await host.close()
    const later = await openFake(folder)
    expect(await later.host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)).toEqual(measured)
    expect(later.trainers.all).toEqual([])
  })

  it('is another one for another engine, network, optimizer, batch size or augmentation', async () => {
    const { host, trainers } = await openFake()
    for (const settings of [
      {},
      { batchSize: 8 },
      { optimizer: { name: 'adam' } },
      { model: { name: 'linear' } },
      { augmentation: 'photo' },
    ] as const)
      await host.calibrations.calibrate(experiment(settings), 'wasm', SKETCHES)
    await host.calibrations.calibrate(experiment(), 'cpu', SKETCHES)
    expect(trainers.all).toHaveLength(6)
  })

  it('is another one for another number of threads, where the engine computes with threads of ours', async () => {
    const { host, trainers } = await openFake()
    for (const threads of ['automatic', 2, 2, 3] as const) {
      await host.calibrations.calibrate(experiment(), 'simd', SKETCHES, threads)
      await host.calibrations.calibrate(experiment(), 'wasm', SKETCHES, threads)
    }
    const asked = trainers.all.map(({ posted: [question] }) => [
      question?.job?.engine,
      question?.job?.threads,
    ])
    expect(asked).toEqual([
      ['simd', 'automatic'],
      ['wasm', 'automatic'],
      ['simd', 2],
      ['simd', 3],
    ])
  })

  it('that is asked for twice at once is measured once', async () => {
    const { host, trainers } = await openFake()
    const both = [1, 2].map(() => host.calibrations.calibrate(experiment(), 'wasm', SKETCHES))
    const [first, second] = await Promise.all(both)
    expect([first, trainers.all.length]).toEqual([second, 1])
  })

  it('waits while a run trains, unless it is known, and then comes before the next run', async () => {
    const { host, trainers } = await openFake()
    const known = await host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)
    trainers.answer = null
    await queueSeeds(host, [1, 2])
    const first = await trainers.nth(2)
    const states: string[] = []
    const listening = host.announcer.read(new AbortController().signal)
    void (async () => {
      for await (const event of listening)
        if (event.type === 'calibration-progressed') states.push(event.state)
    })()
    expect(await host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)).toEqual(known)
    const unknown = host.calibrations.calibrate(experiment({ batchSize: 8 }), 'wasm', SKETCHES)
    trainers.answer = { type: 'calibrated', engine: ENGINE, times: TIMES }
    await expect.poll(() => states).toEqual(['waiting'])
    first.trainAll(2)
    await unknown
    await expect.poll(() => states).toEqual(['waiting', 'measuring'])
    trainers.answer = null
    const next = await trainers.nth(4)
    expect(trainers.all.map(({ posted }) => posted[0]?.type)).toEqual([
      'calibrate',
      'start',
      'calibrate',
      'start',
    ])
    expect(next.seed).toBe(2)
  })

  it('of an engine that does not start says what is missing, and is tried again', async () => {
    const { host, trainers } = await openFake()
    trainers.answer = { type: 'not-started', reason: 'No GPU.' }
    const expected = { state: 'unavailable', engine: { name: 'cuda' }, cause: 'absent', reason: 'No GPU.' }
    expect(await host.calibrations.calibrate(experiment(), 'cuda', SKETCHES)).toEqual(expected)
    expect(await host.calibrations.calibrate(experiment(), 'cuda', SKETCHES)).toEqual(expected)
    expect(trainers.all).toHaveLength(2)
  })

  it('of settings that cannot be is refused', async () => {
    const { host, trainers } = await openFake()
    trainers.answer = { type: 'failed', failure: { code: 'invalid-setting', message: 'Too many blocks.' } }
    await expect(host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)).rejects.toMatchObject({
      code: 'invalid-setting',
      message: 'Too many blocks.',
    })
  })

  it('ends with the application', async () => {
    const { host, trainers } = await openFake()
    trainers.answer = null
    const waiting = host.calibrations.calibrate(experiment(), 'wasm', SKETCHES)
    const refused = expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await trainers.nth(1)
    await host.close()
    await refused
  })

  it.each(['wasm', 'cpu'] as const)(
    'on %s measures plausible times in about a second',
    { timeout: 60_000 },
    async (engine) => {
      const host = await openTestHost(forkTrainer)
      const start = performance.now()
      const calibration = await host.calibrations.calibrate(experiment(), engine, SKETCHES)
      expect(performance.now() - start).toBeLessThan(20_000)
      if (calibration.state !== 'measured') throw new Error(calibration.reason)
      expect(calibration.engine.name).toBe(engine)
      for (const milliseconds of [calibration.stepMs, calibration.imageMs]) {
        expect(milliseconds).toBeGreaterThan(0)
        expect(milliseconds).toBeLessThan(500)
      }
      expect(calibration.trainImagesPerSecond).toBeCloseTo((32 / calibration.stepMs) * 1000)
      const sizes = { train: 320, validation: 100, test: 200 }
      const expected = 20 * calibration.stepMs + 400 * calibration.imageMs
      expect(estimateMs(calibration, experiment({ epochs: 2 }), sizes)).toBeCloseTo(expected)
    },
  )
})

describe('the check of the engines', () => {
  it('tries each once, in a process of its own', async () => {
    const trainers = new FakeTrainers()
    trainers.answer = { type: 'engine-checked', engine: ENGINE }
    const host = await openTestHost(trainers.spawn)
    const [first, second] = await Promise.all([host.engines.read(), host.engines.read()])
    expect(first).toEqual(second)
    expect(trainers.all).toHaveLength(ENGINE_NAMES.length)
    expect(first.map(({ name }) => name)).toEqual([...ENGINE_NAMES])
    const starts = first.filter((state) => state.starts)
    expect(starts).toEqual([{ name: 'wasm', starts: true, notice: null, versions: ENGINE.versions }])
    expect(first.find(({ name }) => name === 'cuda')?.notice).toBe('It starts as wasm.')
  })

  it('says why one does not start', async () => {
    const trainers = new FakeTrainers()
    trainers.answer = { type: 'failed', failure: { code: 'unavailable', message: 'No GPU.' } }
    const host = await openTestHost(trainers.spawn)
    const states = await host.engines.read()
    expect(states.every(({ starts, notice }) => !starts && notice === 'No GPU.')).toBe(true)
  })
})
