// Uploads from the last piece until the last batch that uses them is deleted, whatever is begun and deleted meanwhile.
import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { locateHome } from '#main/home.ts'
import type { PhotoDesk } from '#main/host/photo-desk.ts'
import { openPhotos } from '#main/host/photos.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import { StandInProcess } from '../photos/stand-in-process.ts'
import { temporaryFolder } from './open-test-host.ts'

type Step = 'insertBatch' | 'listUsedFiles'

/** With decoders that never answer, so that every batch goes on until it is deleted. */
async function openDesk() {
  const home = locateHome(temporaryFolder())
  const store = await openStore({ directory: home.directory })
  const before: Partial<Record<Step, () => Promise<unknown>>> = {}
  const after: typeof before = {}
  const runHook = async (hooks: typeof before, step: Step): Promise<void> => {
    const hook = hooks[step]
    hooks[step] = () => Promise.resolve()
    await hook?.()
  }
  const photos: Store['photos'] = {
    ...store.photos,
    insertBatch: async (batch) => {
      await runHook(before, 'insertBatch')
      return store.photos.insertBatch(batch)
    },
    listUsedFiles: async () => {
      const files = await store.photos.listUsedFiles()
      await runHook(after, 'listUsedFiles')
      return files
    },
  }
  const spawn = (): StandInProcess => new StandInProcess([])
  const opened = await openPhotos({
    ...{ store: { ...store, photos }, home, announce: () => undefined, log: () => undefined },
    means: { spawnDecoder: spawn, spawnClassifier: spawn, samplesFolder: home.directory },
  })
  const end = async (): Promise<void> => {
    await opened.close()
    store.close()
  }
  return { desk: opened.desk, store, directory: home.directory, before, after, end }
}

async function upload(desk: PhotoDesk): Promise<string> {
  const piece = { uploadId: null, name: 'dress.png', bytes: 3, offset: 0, piece: 'YWJj' }
  return (await desk.upload(piece)).uploadId
}

async function classify(desk: PhotoDesk, uploads: readonly string[]): Promise<string> {
  const sources = { paths: [], uploads }
  return (await desk.classify({ sources, runIds: [], settings: null, thresholds: null })).id
}

async function areThere(store: Store, batchId: string): Promise<boolean> {
  const { sources } = await store.photos.readSources(batchId)
  return sources.every(({ path }) => existsSync(path))
}

/** Gives other work the time that it needs if it may go on at all. */
async function letPass(work: Promise<unknown>): Promise<void> {
  await Promise.race([work, delay(300)])
}

test('a batch that begins while another one is deleted keeps its uploads', async () => {
  const { desk, store, after, end } = await openDesk()
  const other = await classify(desk, [await upload(desk)])
  const uploads = [await upload(desk), await upload(desk)]
  const { promise: begun, resolve } = Promise.withResolvers<string>()
  after.listUsedFiles = () => {
    resolve(classify(desk, uploads))
    return letPass(begun)
  }
  await desk.deleteBatch(other)
  expect(await areThere(store, await begun)).toBe(true)
  await end()
})

test('a batch that is classified again while it is deleted keeps its uploads', async () => {
  const { desk, store, before, end } = await openDesk()
  const other = await classify(desk, [await upload(desk)])
  const { promise: deleted, resolve } = Promise.withResolvers<undefined>()
  before.insertBatch = () => {
    resolve(desk.deleteBatch(other).then(() => undefined))
    return letPass(deleted)
  }
  const { id } = await desk.classifyAgain(other, [], DEFAULT_PREPARATION)
  await deleted
  expect(await areThere(store, id)).toBe(true)
  await expect(desk.classifyAgain(other, [], DEFAULT_PREPARATION)).rejects.toMatchObject({
    code: 'not-found',
  })
  await end()
})

test('uploads of a batch that could not be stored are classified once there is room', async () => {
  const { desk, store, before, end } = await openDesk()
  const uploads = [await upload(desk)]
  before.insertBatch = () => Promise.reject(new Error('the disk is full'))
  await expect(classify(desk, uploads)).rejects.toThrow('the disk is full')
  expect(await areThere(store, await classify(desk, uploads))).toBe(true)
  await expect(classify(desk, uploads)).rejects.toMatchObject({ code: 'not-found' })
  await end()
})

test.each([
  ['settings', '{}'],
  ['sources', '[7]'],
])('a batch whose %s cannot be read hides no other batch and keeps its uploads', async (column, text) => {
  const { desk, store, directory, end } = await openDesk()
  const unreadable = await classify(desk, [await upload(desk)])
  const good = await classify(desk, [await upload(desk)])
  const other = await classify(desk, [await upload(desk)])
  const [{ path } = { path: '' }] = (await store.photos.readSources(unreadable)).sources
  const connection = new Database(join(directory, 'atelier.db'))
  connection.prepare(`update photoBatches set ${column} = ? where id = ?`).run(text, unreadable)
  connection.close()
  await desk.deleteBatch(other)
  expect((await desk.listBatches()).map(({ id }) => id)).toContain(good)
  expect([existsSync(path), await areThere(store, good)]).toEqual([true, true])
  await end()
})
