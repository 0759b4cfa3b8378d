import { expect, test } from 'vitest'
import type { Store } from '#main/store/open-store.ts'
import {
  completeSample,
  ENGINE,
  HARDWARE,
  sampleCheckpoint,
  sampleEpoch,
  sampleRun,
  STARTED_AT,
  trainSample,
} from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

async function queueThree(store: Store): Promise<readonly string[]> {
  const runs = [1, 2, 3].map((seed) => sampleRun({ seed }, { name: `Seed ${seed}` }))
  return (await store.queueNewRuns(runs, 'cpu')).map(({ id }) => id)
}

async function waitingIds(store: Store): Promise<readonly string[]> {
  return (await store.readQueue()).map(({ runId }) => runId)
}

test('new runs wait in their order, with the engine chosen, also after a restart', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  const ids = await queueThree(store)
  store.close()
  const next = await temporaryStore(directory)
  expect(await next.readQueue()).toEqual(ids.map((runId) => ({ runId, engine: 'cpu' })))
  expect((await next.readLog(ids[0] ?? '')).map(({ text }) => text)).toEqual(['Created and lined up.'])
})

test('a list with a run that cannot be stored is not stored at all', async () => {
  const store = await temporaryStore()
  await expect(
    store.queueNewRuns([sampleRun(), sampleRun({}, { name: 'x'.repeat(300) })], 'cpu'),
  ).rejects.toMatchObject({ code: 'invalid-setting' })
  expect([await waitingIds(store), (await store.listRuns()).runs]).toEqual([[], []])
})

test('a waiting run moves to any place; the run in training stays before all', async () => {
  const store = await temporaryStore()
  const [a = '', b = '', c = ''] = await queueThree(store)
  await store.moveInQueue(c, 0, null)
  expect(await waitingIds(store)).toEqual([c, a, b])
  await store.moveInQueue(c, 99, null)
  expect(await waitingIds(store)).toEqual([a, b, c])
  await store.moveInQueue(c, 0, a)
  expect(await waitingIds(store)).toEqual([a, c, b])
  await expect(store.moveInQueue(a, 1, a)).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.moveInQueue('none', 1, null)).rejects.toMatchObject({ code: 'conflict' })
})

test('runs that are withdrawn are cancelled with a reason, all or none', async () => {
  const store = await temporaryStore()
  const [a = '', b = '', c = ''] = await queueThree(store)
  await expect(store.withdrawRuns([a, 'none'], 'Not wanted.')).rejects.toMatchObject({ code: 'conflict' })
  expect(await waitingIds(store)).toEqual([a, b, c])
  await store.withdrawRuns([a, c], 'Not wanted.')
  expect(await waitingIds(store)).toEqual([b])
  expect(await store.findRun(a)).toMatchObject({ status: 'cancelled', reason: 'Not wanted.' })
  expect((await store.readLog(a)).at(-1)?.text).toBe('Not wanted.')
})

test('an unfinished run is lined up behind the others, once', async () => {
  const store = await temporaryStore()
  const [a] = await queueThree(store)
  const { id } = await trainSample(store, 1)
  await store.updateStatus(id, 'interrupted', 'A power cut.')
  await store.queueRun(id, 'wasm')
  expect((await store.readQueue()).at(-1)).toEqual({ runId: id, engine: 'wasm' })
  expect(await store.findRun(id)).toMatchObject({ status: 'queued', reason: null })
  await expect(store.queueRun(id, 'wasm')).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.queueRun(a ?? '', 'wasm')).rejects.toMatchObject({ code: 'conflict' })
})

test('a completed run is lined up only after it was reopened', async () => {
  const store = await temporaryStore()
  const { id } = await completeSample(store)
  await expect(store.queueRun(id, 'cpu')).rejects.toMatchObject({ code: 'conflict' })
  await store.reopenRun(id, 5)
  await store.queueRun(id, 'cpu')
  expect(await waitingIds(store)).toEqual([id])
})

test('a completed run that was to be extended and is taken out is completed as before', async () => {
  const store = await temporaryStore()
  const before = await completeSample(store)
  const { id } = before
  await store.reopenRun(id, 9)
  await store.queueRun(id, 'cpu')
  await store.withdrawRuns([id], 'Not wanted.')
  expect(await store.findRun(id)).toEqual(before)
  expect((await store.readLog(id)).at(-1)?.text).toBe('Not wanted. It stays completed as it was.')
  expect((await store.photos.listJudges()).map(({ runId }) => runId)).toEqual([id])
})

test('a name that a sweep gave says the epochs that a run is to have, also when it is not extended after all', async () => {
  const store = await temporaryStore()
  const { id, experiment } = await completeSample(store)
  const nameFor = (epochs: number): string => `mine, epochs 3 · learning rate 0.1 · epochs ${epochs}`
  await store.annotateRun(id, { name: nameFor(experiment.epochs) })
  await store.reopenRun(id, 9)
  expect(await store.findRun(id)).toMatchObject({ name: nameFor(9), experiment: { epochs: 9 } })
  await store.queueRun(id, 'cpu')
  await store.withdrawRuns([id], 'Not wanted.')
  expect(await store.findRun(id)).toMatchObject({ name: nameFor(experiment.epochs), experiment })
})

test('a completed run that was trained further and is taken out before its new end is cancelled', async () => {
  const store = await temporaryStore()
  const { id } = await completeSample(store)
  await store.reopenRun(id, 9)
  await store.recordStart(id, ENGINE, HARDWARE, STARTED_AT)
  await store.recordEpoch(id, sampleEpoch(4), sampleCheckpoint(4))
  await store.updateStatus(id, 'interrupted', 'A power cut.')
  await store.queueRun(id, 'cpu')
  await store.withdrawRuns([id], 'Not wanted.')
  expect(await store.findRun(id)).toMatchObject({
    status: 'cancelled',
    reason: 'Not wanted.',
    experiment: { epochs: 9 },
  })
})

test('tidying takes out what is not to be trained any more', async () => {
  const store = await temporaryStore()
  const [a = '', b = '', c = ''] = await queueThree(store)
  await store.updateStatus(a, 'failed', 'No engine.')
  await store.deleteRun(b)
  await store.tidyQueue()
  expect(await waitingIds(store)).toEqual([c])
})
