import { expect, it } from 'vitest'
import { PaperDesk } from '#main/host/paper-desk.ts'
import type { PaperRequest } from '#shared/paper/paper-state.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, waitForStatus } from './open-test-host.ts'

const REQUEST: PaperRequest = {
  ...{ dataset: 'sketches', directory: null, quick: true },
  ...{ tables: ['I'], seeds: 1, longSeeds: 1 },
}

async function open() {
  const trainers = new FakeTrainers()
  const host = await openTestHost(trainers.spawn)
  return { trainers, host, desk: new PaperDesk(host.backend, host.queue) }
}

it('queues what is missing once, however often it is asked to', async () => {
  const { host, desk } = await open()
  const [first, second] = await Promise.all([
    desk.queueMissing(REQUEST, 'cpu'),
    desk.queueMissing(REQUEST, 'cpu'),
  ])
  expect([first.length, second.length]).toEqual([3, 0])
  const runs = await Promise.all(first.map((runId) => host.backend.store.findRun(runId)))
  expect(runs.map(({ name, tags }) => [name, tags])).toEqual([
    ['Paper I: SGD, seed 42, quick', ['paper', 'quick']],
    ['Paper I: Adam, seed 42, quick', ['paper', 'quick']],
    ['Paper I: Adam, 0.001, seed 42, quick', ['paper', 'quick']],
  ])
  expect(runs.every(({ experiment }) => experiment.trainImages === 6000)).toBe(true)
  const { missing, reservation } = await desk.read(REQUEST)
  expect(missing.map(({ runId }) => runId)).toEqual(first)
  expect(missing.every(({ state }) => state !== 'missing' && state !== 'stopped')).toBe(true)
  expect(reservation).toBe(
    'Trained on Sketches (generated), not on Fashion-MNIST. ' +
      'A quick version with 6000 training images, not all. Not the paper’s figures.',
  )
})

it('goes on with a run that stopped instead of making it again', async () => {
  const { trainers, host, desk } = await open()
  const [first = ''] = await desk.queueMissing(REQUEST, 'cpu')
  const trainer = await trainers.nth(1)
  trainer.start()
  trainer.fail('cancelled', 'The run was cancelled; its finished epochs are kept.')
  await waitForStatus(host, first, 'cancelled')
  const before = await desk.read(REQUEST)
  expect(before.missing[0]).toMatchObject({ state: 'stopped', runId: first, rows: ['I.sgd'] })
  expect(await desk.queueMissing(REQUEST, 'cpu')).toEqual([first])
  expect((await host.backend.store.listRuns({})).runs).toHaveLength(3)
})

it('keeps quick figures and full ones apart', async () => {
  const { desk } = await open()
  await desk.queueMissing(REQUEST, 'cpu')
  const full = await desk.read({ ...REQUEST, quick: false })
  expect(full.missing.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing'])
})

it('says how to get the dataset of the paper where it is not', async () => {
  const { desk } = await open()
  await expect(desk.read({ ...REQUEST, dataset: 'fashion-mnist' })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('atelier data download fashion-mnist') as string,
  })
})
