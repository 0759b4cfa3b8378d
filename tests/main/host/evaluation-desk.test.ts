import { existsSync, readdirSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Host } from '#main/host/host.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { MEASURING_STAGES, type MeasuringStage } from '#shared/evaluation.ts'
import { BY_INDEX, EVERY_IMAGE, imageFilterSchema } from '#shared/images.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { smallContent, writeQuartet } from '../datasets/small-dataset.ts'
import { writePatterns } from '../training/patterns.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, queueSeeds, temporaryFolder, waitForStatus } from './open-test-host.ts'

const QUICK: Partial<NewExperiment> = {
  model: { name: 'mlp', hiddenUnits: [8] },
  epochs: 1,
  learningRate: 0.05,
}

async function trainOn(host: Host, directory: string, settings: Partial<NewExperiment>): Promise<string> {
  const request = { settings: { ...QUICK, ...settings }, dataset: null, directory, name: null }
  const [runId = ''] = await host.queue.add(await host.backend.prepareRuns([request]), 'wasm')
  await waitForStatus(host, runId, 'completed')
  return runId
}

async function measure(host: Host, runId: string) {
  await host.evaluations.measure(runId)
  await expect.poll(async () => (await host.evaluations.read(runId)).work, { timeout: 60_000 }).toBeNull()
  return host.evaluations.read(runId)
}

/** Filled for as long as the host is open. */
function listenForStages(host: Host): readonly MeasuringStage[] {
  const stages: MeasuringStage[] = []
  void (async () => {
    for await (const event of host.announcer.read(new AbortController().signal))
      if (event.type === 'evaluation-progressed') stages.push(event.progress.stage)
  })()
  return stages
}

describe('The confidence of a run', () => {
  it('is measured from its weights, kept, and its validation answers become a filter', async () => {
    const host = await openTestHost(forkTrainer)
    const directory = await writePatterns(temporaryFolder())
    const runId = await trainOn(host, directory, { validationImages: 100 })
    expect(await host.evaluations.read(runId)).toEqual({
      ...{ work: null, failure: null, report: null, obstacle: null },
    })
    const stages = listenForStages(host)
    const { report, failure } = await measure(host, runId)
    expect(failure).toBeNull()
    const run = await host.backend.store.findRun(runId)
    expect(report?.test).toMatchObject({ count: 200, correct: run.evaluation?.metrics.correct })
    expect(report?.test.given.surprise).toBeCloseTo(run.evaluation?.metrics.exactLoss ?? NaN, 3)
    expect(report?.validation.scaled.surprise).toBeLessThanOrEqual(report?.validation.given.surprise ?? NaN)
    const last = run.epochs.at(-1)?.validation
    expect([report?.validation.correct, report?.validation.count]).toEqual([last?.correct, last?.count])

    const matrix = report?.validation.confusionMatrix ?? []
    const source = { datasetId: 'x', directory }
    for (const [truth, row] of matrix.entries())
      for (const [answer, count] of row.entries()) {
        if (truth > 2) continue
        const { prediction } = imageFilterSchema.parse({ prediction: { runId, classes: [answer] } })
        const filter = { ...EVERY_IMAGE, splits: ['train' as const], classes: [truth], prediction }
        const list = await host.images.select(source, filter, BY_INDEX)
        expect(list.size / 4, `${truth} taken for ${answer}`).toBe(count)
      }
    // Newer progress takes the place of older that nobody has read yet.
    const order = stages.map((stage) => MEASURING_STAGES.indexOf(stage))
    expect(order.length).toBeGreaterThan(0)
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  }, 120_000)

  it('is measured again for weights that were trained further', async () => {
    const host = await openTestHost(forkTrainer)
    const directory = await writePatterns(temporaryFolder())
    const runId = await trainOn(host, directory, { validationImages: 50 })
    expect((await measure(host, runId)).report).not.toBeNull()
    const { epochs } = (await host.backend.store.findRun(runId)).experiment
    await host.queue.lineUp(runId, 'wasm', () => host.backend.store.reopenRun(runId, epochs + 1))
    await waitForStatus(host, runId, 'completed')
    expect((await host.evaluations.read(runId)).report).toBeNull()
  }, 120_000)

  it('cannot be measured without validation images or without the data, which is said', async () => {
    const host = await openTestHost(forkTrainer)
    const directory = await writePatterns(temporaryFolder())
    const runId = await trainOn(host, directory, { validationImages: 0 })
    expect((await host.evaluations.read(runId)).obstacle).toContain('held no validation images out')
    await expect(host.evaluations.measure(runId)).rejects.toMatchObject({ code: 'conflict' })
    const other = await trainOn(host, directory, { validationImages: 50 })
    rmSync(directory, { recursive: true })
    expect((await host.evaluations.read(other)).obstacle).toContain('are not on this machine')
    await writeQuartet(directory, smallContent(30, 10))
    expect((await host.evaluations.read(other)).obstacle).toContain('is not what this run was trained with')
  }, 120_000)
})

describe('Measuring a confidence', () => {
  async function openFake() {
    const trainers = new FakeTrainers()
    const host = await openTestHost(trainers.spawn)
    const [runId = '', next = ''] = await queueSeeds(host, [1, 2])
    ;(await trainers.nth(1)).trainAll(2)
    await waitForStatus(host, runId, 'completed')
    return { host, trainers, runId, next, training: await trainers.nth(2) }
  }

  it('waits while a run trains, and can be cancelled meanwhile', async () => {
    const { host, trainers, runId, training } = await openFake()
    const state = await host.evaluations.measure(runId)
    expect(state).toMatchObject({ work: { progress: null }, report: null })
    await expect(host.evaluations.measure(runId)).rejects.toMatchObject({ code: 'conflict' })
    expect(trainers.all).toHaveLength(2)
    await host.evaluations.cancel(runId)
    expect(await host.evaluations.read(runId)).toMatchObject({ work: null, failure: null, report: null })
    await expect(host.evaluations.cancel(runId)).rejects.toMatchObject({ code: 'conflict' })
    training.trainAll(2)
  })

  it('is cancelled in the middle, and leaves no file', async () => {
    const { host, trainers, runId, next, training } = await openFake()
    training.trainAll(2)
    await waitForStatus(host, next, 'completed')
    await host.evaluations.measure(runId)
    expect((await trainers.nth(3)).posted[0]).toMatchObject({ type: 'measure-confidence', job: { runId } })
    await host.evaluations.cancel(runId)
    expect(await host.evaluations.read(runId)).toMatchObject({ work: null, failure: null })
    const folder = host.backend.home.runFolder(runId)
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
  })

  it('that fails says why, and a process that dies is told', async () => {
    const { host, trainers, runId, next, training } = await openFake()
    training.trainAll(2)
    await waitForStatus(host, next, 'completed')
    await host.evaluations.measure(runId)
    ;(await trainers.nth(3)).fail('unavailable', 'No engine starts.')
    await expect.poll(async () => (await host.evaluations.read(runId)).failure).toBe('No engine starts.')
    await host.evaluations.measure(runId)
    ;(await trainers.nth(4)).kill()
    await expect
      .poll(async () => (await host.evaluations.read(runId)).failure)
      .toBe('The process that asked the run for its answers ended unexpectedly (SIGKILL). Start it again.')
  })

  it('is refused for a run that is not completed', async () => {
    const { host, next, training } = await openFake()
    await expect(host.evaluations.measure(next)).rejects.toThrow(/can be measured when it is completed/)
    await expect(host.evaluations.read('nothing')).rejects.toMatchObject({ code: 'not-found' })
    training.trainAll(2)
  })
})
