import { utimesSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BACKUP_PAUSE_MS } from '#main/store/backup-due.ts'
import { listBackups } from '#main/store/backups.ts'
import type { Store } from '#main/store/open-store.ts'
import { completeSample, sampleRun } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

function complete(store: Store, finishedAt = Date.now()) {
  return completeSample(store, sampleRun({ epochs: 3 }), new Date(finishedAt).toISOString())
}

/** As if the newest backup had been made so long ago. */
function age(directory: string, ms: number): void {
  const [newest = ''] = listBackups(directory)
  const then = new Date(Date.now() - ms)
  utimesSync(newest, then, then)
}

test('the first completed run is backed up at once, those of the next ten minutes are not', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  await store.backUpIfDue()
  expect(listBackups(directory)).toHaveLength(0)
  await complete(store)
  await store.backUpIfDue()
  expect(listBackups(directory)).toHaveLength(1)
  await complete(store)
  await store.backUpIfDue()
  expect(listBackups(directory)).toHaveLength(1)
  age(directory, BACKUP_PAUSE_MS + 1000)
  await store.backUpIfDue()
  expect(listBackups(directory)).toHaveLength(2)
})

test('without a newly completed run there is nothing to back up', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  await complete(store, Date.now() - 3 * BACKUP_PAUSE_MS)
  await store.backup()
  age(directory, 2 * BACKUP_PAUSE_MS)
  await store.backUpIfDue()
  expect(listBackups(directory)).toHaveLength(1)
})

test('two at the same time make one backup', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  await complete(store)
  await Promise.all([store.backUpIfDue(), store.backUpIfDue()])
  expect(listBackups(directory)).toHaveLength(1)
})

test('a backup does not hold up the event loop', async () => {
  const store = await temporaryStore()
  for (let run = 0; run < 20; run++) await complete(store)
  const loop = { turns: 0, isWatched: true }
  const backup = store.backup().finally(() => (loop.isWatched = false))
  for (; loop.isWatched; loop.turns += 1) await turn()
  await backup
  expect(loop.turns).toBeGreaterThan(20)
})
