// Photo batches that end in the middle: their end cannot be stored, as on a full disk, or they are cancelled while a
// process works for them.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AppEvent } from '#shared/contract.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION } from '#shared/preparation.ts'
import { locateHome } from '#main/home.ts'
import { PhotoDesk } from '#main/host/photo-desk.ts'
import { PhotoWork } from '#main/host/photo-work.ts'
import { openPhotos } from '#main/host/photos.ts'
import { Classifier } from '#main/photos/classifier.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { describeJudgingRun } from '#main/photos/judge-source.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import { StandInProcess } from '../photos/stand-in-process.ts'
import { completeSample } from '../store/sample-runs.ts'
import { temporaryFolder } from './open-test-host.ts'

const PATIENTLY = { timeout: 20_000 }

/** A process that never answers. @param asked takes what it is asked, a list for each one that is started */
function startSilent(asked: (readonly unknown[])[]): StandInProcess {
  const process = new StandInProcess([])
  asked.push(process.questions)
  return process
}

/** Lines up photos that no decoder gets to read. */
async function listThree({ photos }: Store, batchId: string): Promise<void> {
  const names = ['a.png', 'b.png', 'c.png']
  await photos.addPhotos(
    batchId,
    names.map((name) => ({ file: name, path: join('/autumn', name), folderLabel: null })),
  )
  await photos.markListed(batchId, [])
}

async function openWork(tools = { decoders: new Decoders(), classifier: new Classifier() }) {
  const home = locateHome(temporaryFolder())
  const store = await openStore({ directory: home.directory })
  const lines: string[] = []
  const events: AppEvent[] = []
  const announce = (event: AppEvent): void => void events.push(event)
  const work = new PhotoWork({ store, home, tools, announce, log: (line) => lines.push(line) })
  const desk = new PhotoDesk({ store, home, tools, work, announce })
  const batchId = await store.photos.insertBatch({
    ...{ name: 'autumn', runs: [], settings: DEFAULT_PREPARATION, preparationVersion: PREPARATION_VERSION },
    ...{ thresholds: null, sources: [{ path: '/autumn', file: null }] },
  })
  return { store, home, work, desk, batchId, lines, events }
}

test('an end that cannot be stored is told in the log, and the application goes on', async () => {
  const { store, work, batchId, lines, events } = await openWork()
  work.start(batchId)
  store.close()
  await work.cancel(batchId) // a rejection that nobody caught would fail this run
  expect(lines.some((line) => line.startsWith(`Photo batch ${batchId}: its end was not stored: `))).toBe(true)
  expect(work.isAtWork(batchId)).toBe(false)
  expect(events).toContainEqual({ type: 'photos-changed', batchId })
})

test('a batch that was left running can be cancelled', async () => {
  const { store, desk, batchId, events } = await openWork()
  expect((await desk.readBatch(batchId)).status).toBe('running')
  await desk.cancel(batchId)
  expect((await desk.readBatch(batchId)).status).toBe('cancelled')
  expect(events.map(({ type }) => type)).toEqual(['photo-batch-changed'])
  store.close()
})

test('batches are cancelled and deleted at once while a run is got ready for them', async () => {
  const asked: (readonly unknown[])[] = []
  const classifier = new Classifier(() => startSilent(asked)) // looks at the training images
  const { store, work, desk, lines } = await openWork({ decoders: new Decoders(), classifier })
  const run = await completeSample(store)
  const folder = temporaryFolder()
  await writeFile(join(folder, 'dress.png'), 'never looked at')
  const [first = '', second = ''] = await Promise.all(
    ['spring', 'summer'].map((name) =>
      store.photos.insertBatch({
        ...{ name, settings: DEFAULT_PREPARATION, preparationVersion: PREPARATION_VERSION },
        ...{ runs: [describeJudgingRun(run)], thresholds: null, sources: [{ path: folder, file: null }] },
      }),
    ),
  )
  work.start(first)
  await expect.poll(() => asked, PATIENTLY).toMatchObject([[{ type: 'open' }]])
  work.start(second)
  await expect
    .poll(async () => (await work.readBatch(second)).activity, PATIENTLY)
    .toContain('Getting the runs ready')
  await desk.cancel(second)
  await desk.cancel(first)
  expect([(await desk.readBatch(first)).status, (await desk.readBatch(second)).status]).toEqual([
    'cancelled',
    'cancelled',
  ])
  await desk.resume(first)
  await expect.poll(() => work.isAtWork(first), PATIENTLY).toBe(true)
  await desk.deleteBatch(first)
  expect((await desk.listBatches()).map(({ name }) => name)).not.toContain('spring')
  expect([asked.flat().length, lines]).toEqual([1, []])
  classifier.close()
  store.close()
})

test('a decoder that does not start ends the batch, and no photo is refused for it', async () => {
  const decoders = new Decoders(() => new StandInProcess([], 'exit code 1'))
  const { store, work, desk, batchId, lines } = await openWork({ decoders, classifier: new Classifier() })
  await listThree(store, batchId)
  work.start(batchId)
  await expect.poll(() => work.isAtWork(batchId), PATIENTLY).toBe(false)
  expect(await desk.readBatch(batchId)).toMatchObject({
    ...{ status: 'failed', total: 3, done: 0, refused: 0 },
    reason: expect.stringMatching(/^The process that decodes photos does not start/) as string,
  })
  expect(lines).toEqual([])
  store.close()
})

test('photos that are worked on when the application ends wait for the next time', async () => {
  const { store, home, batchId, lines } = await openWork()
  await listThree(store, batchId)
  const asked: (readonly unknown[])[] = []
  const spawn = (): StandInProcess => startSilent(asked)
  const photos = await openPhotos({
    ...{ store, home, announce: () => undefined, log: (line) => lines.push(line) },
    means: { spawnDecoder: spawn, spawnClassifier: spawn, samplesFolder: temporaryFolder() },
  })
  await photos.desk.resume(batchId)
  await expect.poll(() => asked.flat().length, PATIENTLY).toBe(2)
  await photos.close()
  expect(await store.photos.readBatch(batchId)).toMatchObject({
    ...{ status: 'interrupted', total: 3, done: 0, refused: 0 },
  })
  expect(lines).toEqual([])
  store.close()
})
