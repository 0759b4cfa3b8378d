import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noteCleanClose } from '#main/store/clean-close.ts'
import { openStore } from '#main/store/open-store.ts'
import { completeSample, sampleRun } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

test('runs that cannot be read hide no other judge', async () => {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  const good = await completeSample(store)
  const newer = await completeSample(store)
  await completeSample(store, sampleRun({ dataset: 'torn', epochs: 1 }))
  store.close()

  const file = join(directory, 'atelier.db')
  const connection = new Database(file)
  connection.exec(
    `update runs set experiment = json_set(experiment, '$.model.name', 'transformer') where id = '${newer.id}'`,
  )
  connection.close()
  const bytes = readFileSync(file)
  const torn = bytes.indexOf('{"dataset":"torn"')
  expect(torn).toBeGreaterThan(0)
  bytes.write('?', torn)
  writeFileSync(file, bytes)
  noteCleanClose(file) // a disk that decays changes neither size nor time

  const next = await temporaryStore(directory)
  expect(await next.photos.listJudges()).toMatchObject([{ runId: good.id, hasWeights: true }])
  const { runs, unreadable } = await next.listRuns()
  expect([runs.length, unreadable.length]).toEqual([1, 2])
})
