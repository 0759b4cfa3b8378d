import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups, writeBackup } from '#main/store/backups.ts'
import { openStore } from '#main/store/open-store.ts'
import { completeSample, sampleCheckpoint, sampleEpoch, sampleRun, trainSample } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

function countRuns(file: string): unknown {
  const connection = new Database(file, { readonly: true })
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(connection.pragma('foreign_key_check')).toEqual([])
    return connection.prepare('select count(*) from runs').pluck().get()
  } finally {
    connection.close()
  }
}

test('a damaged history makes no backup and leaves the earlier ones', async () => {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  const good = await store.backup()
  store.close()
  writeFileSync(join(directory, 'atelier.db'), 'no database')
  await expect(writeBackup(join(directory, 'atelier.db'), directory)).rejects.toMatchObject({
    code: 'invalid-file',
  })
  expect(readdirSync(join(directory, 'backups'))).toEqual([basename(good)])
})

test('each backup is sound and holds every run, and the newest three are kept', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  for (let count = 1; count <= 5; count++) {
    await completeSample(store)
    expect(countRuns(await store.backup())).toBe(count)
  }
  expect(listBackups(directory).map(countRuns)).toEqual([5, 4, 3])
  expect(readdirSync(join(directory, 'backups'))).toHaveLength(3)
})

test('the number orders backups, whatever the clock said', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  const first = await store.backup()
  copyFileSync(first, join(directory, 'backups', 'atelier-0009-2099-01-01T00-00-00-000Z.db'))
  const next = await store.backup()
  expect(basename(next)).toMatch(/^atelier-0010-/)
  expect(listBackups(directory)[0]).toBe(next)
})

test('what a broken-off backup left behind is removed by the next one', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  await store.backup()
  const leftover = join(directory, 'backups', 'atelier-0002-2026-11-22T00-00-00-000Z.db.partial')
  writeFileSync(leftover, 'half')
  await store.backup()
  expect(existsSync(leftover)).toBe(false)
})

test('epochs can be stored while a backup is made, and the backup is of one moment', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 0, sampleRun({ epochs: 200 }))
  const backup = store.backup()
  for (let epoch = 1; epoch <= 50; epoch++)
    await store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
  const connection = new Database(await backup, { readonly: true })
  const counts = connection.prepare(
    'select (select count(*) from epochs) as epochs, (select count(*) from checkpoints) as checkpoints',
  )
  const { epochs, checkpoints } = counts.get() as { epochs: number; checkpoints: number }
  expect(epochs).toBe(checkpoints)
  connection.close()
  expect((await store.findRun(id)).epochs).toHaveLength(50)
})
