// A run whose turn has come and that does not train yet: it waits for the machine, or engines are measured for it.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Host } from '#main/host/host.ts'
import { RunDesk } from '#main/host/run-desk.ts'
import { SKETCHES } from '#main/datasets/describe-dataset.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { FakeTrainers } from './fake-trainers.ts'
import {
  openTestHost,
  queueSeeds,
  requestSeeds,
  temporaryFolder,
  waitForEvent,
  waitForStatus,
} from './open-test-host.ts'

async function open(home = join(temporaryFolder(), 'home')) {
  const trainers = new FakeTrainers()
  const host = await openTestHost(trainers.spawn, { home })
  return { host, trainers, desk: new RunDesk(host.backend.store, host.queue, host.announcer.announce) }
}

/** Two runs of which the first waits, because something else has the machine until `free`. */
async function openBusy() {
  const { host, trainers, desk } = await open()
  const experiment = completeExperiment(
    { dataset: 'sketches', model: { name: 'linear' } },
    SKETCHES.trainCount,
  )
  const measured = host.calibrations.calibrate(experiment, 'cpu', SKETCHES)
  measured.catch(() => 'it has ended, which is all that is wanted of it')
  const measuring = await trainers.nth(1)
  const [a = '', b = ''] = await queueSeeds(host, [1, 2])
  expect(await host.queue.read()).toMatchObject({ current: a, waiting: [{ runId: b }] })
  const free = async (): Promise<void> => {
    measuring.kill()
    await measured
  }
  return { host, trainers, desk, a, b, free }
}

type Take = (desk: RunDesk, host: Host, runId: string) => Promise<void>
const WAYS: readonly (readonly [string, Take])[] = [
  ['cancelled', (desk, _, runId) => desk.cancel(runId)],
  ['taken out', (_, host, runId) => host.queue.withdraw([runId])],
]

describe('a run that waits for the machine', () => {
  it.each(WAYS)('can be %s at once, and the next one trains', async (_, take) => {
    const { host, trainers, desk, a, b, free } = await openBusy()
    await take(desk, host, a)
    expect(await host.backend.store.findRun(a)).toMatchObject({
      status: 'cancelled',
      reason: 'It was taken out of the queue.',
    })
    const waitsFor = { kind: 'measuring-speed', engine: 'cpu' }
    expect(await host.queue.read()).toEqual({ current: b, waitsFor, waiting: [], held: false })
    await free()
    const trainer = await trainers.nth(2)
    expect(trainer.seed).toBe(2)
    trainer.trainAll(2)
    await waitForStatus(host, b, 'completed')
    expect(trainers.all).toHaveLength(2)
  })

  it('is told with what has the machine, until its own turn comes', async () => {
    const { host, trainers, a, b, free } = await openBusy()
    const waitsFor = { kind: 'measuring-speed', engine: 'cpu' }
    expect(await host.queue.read()).toEqual({
      current: a,
      waitsFor,
      waiting: [expect.anything()],
      held: false,
    })
    await host.quality.compute({ datasetId: 'sketches', directory: null }, { runId: null, again: false })
    const told = waitForEvent(
      host,
      (event) => event.type === 'queue-changed' && event.queue.waitsFor === undefined,
    )
    await free()
    expect(await told).toMatchObject({ queue: { current: a, waiting: [{ runId: b }] } })
    expect((await trainers.nth(2)).seed).toBe(1)
  })

  it('is told with the next that has the machine before it', async () => {
    const { host, trainers } = await open()
    const source = { datasetId: 'sketches', directory: null }
    const experiment = completeExperiment(
      { dataset: 'sketches', model: { name: 'linear' } },
      SKETCHES.trainCount,
    )
    const measured = host.calibrations.calibrate(experiment, 'cpu', SKETCHES).catch(() => 'it was ended')
    const measuring = await trainers.nth(1)
    await host.quality.compute(source, { runId: null, again: false })
    await queueSeeds(host, [1])
    const told = waitForEvent(
      host,
      (event) => event.type === 'queue-changed' && event.queue.waitsFor?.kind === 'looking-through',
    )
    measuring.kill()
    await measured
    expect(await told).toMatchObject({ queue: { waitsFor: { datasetId: 'sketches' } } })
    await host.quality.cancel(source)
    expect((await trainers.nth(3)).seed).toBe(1)
  })

  it('can be deleted, and trains when it is restored and lined up again', async () => {
    const { host, trainers, desk, a, b, free } = await openBusy()
    await desk.delete([a])
    expect(await host.queue.read()).toMatchObject({ current: b, waiting: [] })
    await desk.restore([a])
    await host.queue.lineUp(a, 'cpu')
    await free()
    ;(await trainers.nth(2)).trainAll(2)
    ;(await trainers.nth(3)).trainAll(2)
    await waitForStatus(host, a, 'completed')
    expect(trainers.all.slice(1).map(({ seed }) => seed)).toEqual([2, 1])
  })

  it('keeps its place when what was asked for is refused', async () => {
    const { host, trainers, desk, a, b, free } = await openBusy()
    await expect(host.queue.withdraw([a, 'none'])).rejects.toMatchObject({ code: 'conflict' })
    await expect(desk.delete([a, 'none'])).rejects.toMatchObject({ code: 'not-found' })
    expect(await host.queue.read()).toMatchObject({ current: a, waiting: [{ runId: b }] })
    await free()
    expect((await trainers.nth(2)).seed).toBe(1)
  })
})

describe('a run that engines are measured for', () => {
  it.each(WAYS)('can be %s at once, and the measuring ends with it', async (_, take) => {
    const { host, trainers, desk } = await open()
    const requests = await host.backend.prepareRuns(requestSeeds([1]))
    const [a = ''] = await host.queue.add(requests, 'auto')
    const [b = ''] = await queueSeeds(host, [2])
    expect((await trainers.nth(1)).posted).toMatchObject([{ type: 'calibrate' }])
    await take(desk, host, a)
    expect((await host.backend.store.findRun(a)).status).toBe('cancelled')
    ;(await trainers.nth(2)).trainAll(2)
    await waitForStatus(host, b, 'completed')
    expect(trainers.all[1]?.seed).toBe(2)
    expect(trainers.all).toHaveLength(2)
  })
})

describe('a run that is got ready when the application ends', () => {
  it.each(['cpu', 'auto'] as const)('keeps its place in the queue (%s)', async (engine) => {
    const home = join(temporaryFolder(), 'home')
    const first = await open(home)
    const requests = await first.host.backend.prepareRuns(requestSeeds([1, 2]))
    const [a = '', b = ''] = await first.host.queue.add(requests, engine)
    await first.trainers.nth(1)
    await first.host.close()
    const second = await open(home)
    expect(await second.host.queue.read()).toMatchObject({ current: a, waiting: [{ runId: b }] })
    expect(await second.host.backend.store.findRun(a)).toMatchObject({ status: 'queued', reason: null })
  })
})

describe('a run that begins to train just now', () => {
  it.each([0, 10, 100, 1000])(
    'is cancelled, whether it trains yet or not (%i steps later)',
    async (steps) => {
      const { host, trainers, desk } = await open()
      const [a = '', b = ''] = await queueSeeds(host, [1, 2])
      for (let step = 0; step < steps; step++) await Promise.resolve()
      await desk.cancel(a)
      await waitForStatus(host, a, 'cancelled')
      await expect.poll(() => trainers.all.at(-1)?.seed, { timeout: 20_000 }).toBe(2)
      trainers.all.at(-1)?.trainAll(2)
      await waitForStatus(host, b, 'completed')
    },
  )
})
