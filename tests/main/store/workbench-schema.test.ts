import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MIGRATIONS, newestSchemaOf } from '#main/store/migrate.ts'
import { openHistory } from '#main/store/open-history.ts'
import { openStore } from '#main/store/open-store.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import {
  completeSample,
  ENGINE,
  HARDWARE,
  STARTED_AT,
  sampleCheckpoint,
  sampleEpoch,
  sampleRun,
} from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const CURVE: readonly BatchLoss[] = [
  { epoch: 1, batch: 2, loss: 2.25 },
  { epoch: 1, batch: 4, loss: 1.5 },
]

test('a history of schema 1 keeps its runs, which are then not archived', async () => {
  const directory = temporaryHome()
  const first = await openHistory(directory, {
    '0001-run-history': MIGRATIONS['0001-run-history'] ?? { up: fail },
  })
  await first.database
    .insertInto('runs')
    .values({
      id: '0123abcd',
      name: 'Old',
      status: 'queued',
      experiment: JSON.stringify(sampleRun().experiment),
      datasetId: 'sketches',
      datasetName: 'Sketches',
      datasetHash: 'd'.repeat(64),
      datasetDirectory: null,
      datasetGenerated: 1,
      classNames: '["T-shirt/top"]',
      parameters: 1,
      createdAt: STARTED_AT,
      notes: '',
      tags: '[]',
    })
    .execute()
  first.close()
  const store = await temporaryStore(directory)
  expect(await store.findRun('0123abcd')).toMatchObject({ name: 'Old', archived: false })
  expect([await store.readLog('0123abcd'), await store.readCurve('0123abcd')]).toEqual([[], []])
})

test('a history of schema 6 learns after which epoch its completed runs were evaluated', async () => {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  const before = await completeSample(store)
  const extended = await completeSample(store)
  await store.reopenRun(extended.id, 9)
  store.close()
  const { '0008-evaluated-epochs': _newest, ...older } = MIGRATIONS
  const connection = new Database(join(directory, 'atelier.db'))
  connection.exec(`
    alter table evaluations drop column epoch;
    alter table evaluations drop column finishedAt;
    delete from kysely_migration where name = '0008-evaluated-epochs';
    pragma user_version = ${newestSchemaOf(older)}`)
  connection.close()
  const next = await temporaryStore(directory)
  await next.reopenRun(before.id, 9)
  for (const { id } of [before, extended]) await next.giveUpRun(id, 'Not wanted.')
  expect(await next.findRun(before.id)).toEqual(before)
  expect((await next.findRun(extended.id)).status).toBe('cancelled') // nobody knows what it was evaluated after
})

function fail(): Promise<void> {
  return Promise.reject(new Error('schema 1 is missing'))
}

test('the curve of an epoch is stored with it and comes back as it was', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun())
  await store.recordStart(id, ENGINE, HARDWARE, STARTED_AT)
  await store.recordEpoch(id, sampleEpoch(1), sampleCheckpoint(1), CURVE)
  await store.recordEpoch(id, sampleEpoch(2), sampleCheckpoint(2), [{ epoch: 2, batch: 1, loss: 0.125 }])
  await store.recordEpoch(id, sampleEpoch(3), sampleCheckpoint(3))
  expect(await store.readCurve(id)).toEqual([...CURVE, { epoch: 2, batch: 1, loss: 0.125 }])
  await expect(store.readCurve('none')).rejects.toMatchObject({ code: 'not-found' })
})

test('an epoch that is refused leaves no curve', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun())
  await expect(store.recordEpoch(id, sampleEpoch(1), sampleCheckpoint(1), CURVE)).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await store.readCurve(id)).toEqual([])
})

test('archiving is a mark that can be filtered by and taken back', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun())
  const count = async (archived: boolean): Promise<number> =>
    (await store.listRuns({ filter: { archived } })).runs.length
  expect([await count(true), await count(false)]).toEqual([0, 1])
  await store.annotateRun(id, { archived: true })
  expect([await count(true), await count(false)]).toEqual([1, 0])
  expect((await store.listRuns()).runs[0]?.archived).toBe(true)
  await store.annotateRun(id, { archived: false, starred: true })
  expect(await store.findRun(id)).toMatchObject({ archived: false, starred: true })
})

test('a log has its lines in order, each run its own', async () => {
  const store = await temporaryStore()
  const [{ id: first }, { id: second }] = [
    await store.insertRun(sampleRun()),
    await store.insertRun(sampleRun()),
  ]
  await store.appendLog([first, second], 'Created.')
  await store.appendLog([first], 'Started.')
  expect((await store.readLog(first)).map(({ text }) => text)).toEqual(['Created.', 'Started.'])
  expect((await store.readLog(second)).map(({ text }) => text)).toEqual(['Created.'])
})

test('what belongs to a run goes with it for good', async () => {
  const store = await temporaryStore()
  const [{ id } = { id: '' }] = await store.queueNewRuns([sampleRun()], 'cpu')
  await store.deleteRuns([id])
  expect(await store.readQueue()).toEqual([])
  await store.purgeDeletedRuns('9999')
  await expect(store.readLog(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('many runs are deleted and restored together, all or none', async () => {
  const store = await temporaryStore()
  const [{ id: first }, { id: second }] = [
    await store.insertRun(sampleRun()),
    await store.insertRun(sampleRun()),
  ]
  await expect(store.deleteRuns([first, 'none'])).rejects.toMatchObject({ code: 'not-found' })
  expect((await store.listRuns()).runs).toHaveLength(2)
  await store.deleteRuns([first, second])
  expect((await store.listRuns()).runs).toEqual([])
  await expect(store.restoreRuns([first, 'none'])).rejects.toMatchObject({ code: 'not-found' })
  await store.restoreRuns([first, second])
  expect((await store.listRuns()).runs).toHaveLength(2)
})

test('settings are kept by name across a restart', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  expect(await store.readSetting('theme')).toBeUndefined()
  await store.writeSetting('theme', 'dark')
  await store.writeSetting('theme', { any: ['thing', null] })
  store.close()
  expect(await (await temporaryStore(directory)).readSetting('theme')).toEqual({ any: ['thing', null] })
})

test('a calibration is found by its key; one that cannot be read counts as none', async () => {
  const store = await temporaryStore()
  const calibration = {
    state: 'measured',
    engine: ENGINE,
    stepMs: 2,
    imageMs: 0.1,
    trainImagesPerSecond: 16_000,
  } as const
  expect(await store.findCalibration('key')).toBeNull()
  await store.keepCalibration('key', calibration)
  expect(await store.findCalibration('key')).toEqual(calibration)
  expect(await store.findCalibration('other')).toBeNull()
})
