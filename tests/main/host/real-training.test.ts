// The queue with real trainer processes: what the fakes stand for is true.
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Host } from '#main/host/host.ts'
import { RunDesk } from '#main/host/run-desk.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { patience, trials } from '../../trials.ts'
import { randomForTest } from '../datasets/random-test.ts'
import { writePatterns } from '../training/patterns.ts'
import { CAN_LIST_PROCESSES, findMarked, markEnvironment } from '../training/processes.ts'
import { openTestHost, temporaryFolder, waitForStatus } from './open-test-host.ts'

const CANCELS = trials(5, 50)
/** What C7 promises: told of so soon, and ended. */
const TOLD_MS = 500
const ENDED_MS = 2000

const MODEL: NewExperiment['model'] = { name: 'mlp', hiddenUnits: [16] }

async function open() {
  const host = await openTestHost(forkTrainer)
  const directory = await writePatterns(temporaryFolder())
  const desk = new RunDesk(host.backend.store, host.queue, host.announcer.announce)
  const add = async (...epochs: readonly number[]): Promise<readonly string[]> => {
    const requests = epochs.map((count) => ({
      ...{ settings: { model: MODEL, epochs: count }, dataset: null, directory, name: null },
    }))
    return host.queue.add(await host.backend.prepareRuns(requests), 'wasm')
  }
  return { host, desk, add }
}

function epochsOf(host: Host, runId: string): Promise<number> {
  return host.backend.store.findRun(runId).then(({ epochs }) => epochs.length)
}

it('two runs train one after the other, with a curve and a log each', { timeout: 60_000 }, async () => {
  const { host, desk, add } = await open()
  const [a = '', b = ''] = await add(3, 2)
  await waitForStatus(host, b, 'completed')
  const [first, second] = [await host.backend.store.findRun(a), await host.backend.store.findRun(b)]
  expect(Date.parse(second.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first.finishedAt ?? ''))
  const { batchLosses } = await desk.readCurve(a)
  expect([...new Set(batchLosses.map(({ epoch }) => epoch))]).toEqual([1, 2, 3])
  expect((await host.backend.store.readLog(a)).map(({ text }) => text.split(/[:,.]/)[0])).toEqual([
    'Created and lined up',
    'Started with the engine wasm',
    'Epoch 1 of 3',
    'Epoch 2 of 3',
    'Epoch 3 of 3',
    'Completed',
  ])
})

it(
  'a run is paused, goes on, and is cancelled promptly with its epochs kept',
  { timeout: 60_000 },
  async () => {
    const { host, desk, add } = await open()
    const [a = ''] = await add(5000)
    await waitForStatus(host, a, 'running')
    await desk.pause(a)
    await waitForStatus(host, a, 'paused')
    const paused = await epochsOf(host, a)
    await desk.resume(a)
    await expect.poll(() => epochsOf(host, a), { timeout: 10_000 }).toBeGreaterThan(paused + 1)
    const start = performance.now()
    await desk.cancel(a)
    expect(performance.now() - start).toBeLessThan(TOLD_MS)
    await waitForStatus(host, a, 'cancelled')
    expect(performance.now() - start).toBeLessThan(ENDED_MS)
    expect(await epochsOf(host, a)).toBeGreaterThan(paused + 1)
    expect(await host.queue.read()).toEqual({ current: null, waiting: [], held: false })
  },
)

it(
  `${CANCELS} cancels at random times are prompt, keep the finished epochs and leave no process`,
  patience(CANCELS, 8000),
  async () => {
    const random = randomForTest('cancels at random times')
    const mark = 'cancels'
    Object.assign(process.env, markEnvironment(mark))
    const { host, desk, add } = await open()
    for (let cancel = 0; cancel < CANCELS; cancel++) {
      const [id = ''] = await add(5000)
      await waitForStatus(host, id, 'running')
      await delay(random.uniform(0, 600))
      const before = await epochsOf(host, id)
      const from = performance.now()
      await desk.cancel(id)
      expect(performance.now() - from).toBeLessThan(TOLD_MS)
      await waitForStatus(host, id, 'cancelled')
      expect(performance.now() - from).toBeLessThan(ENDED_MS)
      const { epochs } = await host.backend.store.findRun(id)
      expect(epochs.length).toBeGreaterThanOrEqual(before)
      expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, index) => index + 1))
      if (CAN_LIST_PROCESSES) await expect.poll(() => findMarked(mark), { timeout: 1000 }).toEqual([])
    }
  },
)

it('an extended run goes on from its last epoch', { timeout: 60_000 }, async () => {
  const { host, desk, add } = await open()
  const [a = ''] = await add(2)
  await waitForStatus(host, a, 'completed')
  await desk.extend(a, 2)
  await waitForStatus(host, a, 'completed')
  const run = await host.backend.store.findRun(a)
  expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
  expect(run.experiment.epochs).toBe(4)
})
