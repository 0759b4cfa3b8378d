// Every answer and every event fits the contract: what the page would refuse is found here.
import { expect, it } from 'vitest'
import { completeExperiment } from '#shared/experiment.ts'
import type { AppEvent } from '#shared/contract.ts'
import { ENGINE } from '../main/store/sample-runs.ts'
import { FakeTrainers } from '../main/host/fake-trainers.ts'
import { openTestHost, temporaryFolder, waitForStatus } from '../main/host/open-test-host.ts'
import { writePatterns } from '../main/training/patterns.ts'
import { CARRIERS } from './carriers.ts'

it.each(Object.entries(CARRIERS))('a whole session over %s', async (_name, open) => {
  const trainers = new FakeTrainers()
  const folder = await writePatterns(temporaryFolder())
  const host = await openTestHost(trainers.spawn, { dataDirectory: folder })
  const { client } = await (await open(host))()
  const events: AppEvent['type'][] = []
  const stream = await client.events({})
  void (async () => {
    for await (const event of stream) events.push(event.type)
  })().catch(() => 'the test closes the host')

  const experiment = completeExperiment({ dataset: 'sketches', epochs: 2 }, 10_000)
  trainers.answer = { type: 'engine-checked', engine: ENGINE }
  expect((await client.system.checkEngines({})).map(({ name }) => name)).toContain('cpu')
  trainers.answer = { type: 'calibrated', engine: ENGINE, times: { stepMs: 1, imageMs: 0.1 } }
  const calibration = await client.experiments.calibrate({ experiment, engine: 'auto', directory: folder })
  expect(calibration.state).toBe('measured')
  trainers.answer = null

  expect((await client.datasets.add({ folder, id: 'mine', name: null })).state).toBe('installed')
  expect((await client.datasets.list({})).length).toBeGreaterThan(2)
  expect((await client.datasets.verify({ id: 'mine' })).hash).toHaveLength(64)
  await client.datasets.remove({ id: 'mine' })
  await expect(client.datasets.cancel({ id: 'mine' })).rejects.toMatchObject({ code: 'not-found' })

  const before = trainers.all.length
  const request = { name: null, experiment, directory: null, tags: ['one'] }
  const { runIds } = await client.queue.add({ requests: [request, request, request], engine: 'cpu' })
  const [a = '', b = '', c = ''] = runIds
  expect((await client.queue.hold({})).held).toBe(true)
  expect((await client.queue.move({ runId: c, place: 0 })).waiting[0]?.runId).toBe(c)
  expect((await client.queue.remove({ runIds: [b] })).waiting).toHaveLength(1)
  const trainer = await trainers.nth(before + 1)
  trainer.start()
  trainer.progress(1, 1)
  await client.runs.pause({ runId: a })
  await waitForStatus(host, a, 'paused')
  await client.runs.resume({ runId: a })
  trainer.finishEpoch(1)
  trainer.progress(2, 1)
  trainer.finishEpoch(2)
  trainer.complete()
  await waitForStatus(host, a, 'completed')
  expect((await client.runs.readCurve({ runId: a })).batchLosses).toHaveLength(2)
  expect((await client.runs.readLog({ runId: a })).length).toBeGreaterThan(4)
  expect(await client.runs.annotate({ runId: a, changes: { archived: true, notes: 'Good.' } })).toMatchObject(
    {
      archived: true,
    },
  )
  expect(await client.experiments.findDone({ experiments: [experiment], directory: null })).toEqual([a])
  await client.runs.extend({ runId: a, epochs: 1 })
  await client.runs.cancel({ runId: a })
  await client.runs.delete({ runIds: [a, b] })
  expect((await client.runs.list({ filter: { deleted: 'only' } })).runs).toHaveLength(2)
  await client.runs.restore({ runIds: [a, b] })
  await client.settings.change({ engine: 'cpu' })
  expect((await client.queue.release({})).current).toBe(c)
  await client.runs.cancel({ runId: c })
  await waitForStatus(host, c, 'cancelled')
  await client.runs.annotateAll({ runIds: [a, c], changes: { addedTags: ['seen'] } })
  expect((await client.runs.readFiles({ runId: a })).folder).toBe(host.backend.home.runFolder(a))
  const arrangement = { columns: ['name'], widths: { name: 200 } }
  await client.views.arrange({ table: 'runs', arrangement })
  await client.views.save({ table: 'runs', view: { name: 'Mine', parameters: {}, arrangement } })
  expect(await client.views.read({ table: 'runs' })).toMatchObject({ arrangement, saved: [{ name: 'Mine' }] })
  await client.views.remove({ table: 'runs', name: 'Mine' })
  await expect.poll(() => new Set(events).size).toBe(11)
})
