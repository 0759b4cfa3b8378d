// What kill -9 leaves behind. The kills come at random times.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { MIGRATIONS, newestSchemaOf } from '#main/store/migrate.ts'
import { openStore } from '#main/store/open-store.ts'
import { patience, trials } from '../../trials.ts'
import { sampleForTest } from '../datasets/random-test.ts'
import { startChild } from './child.ts'
import { completeSample } from './sample-runs.ts'
import { copyHome, temporaryHome, temporaryStore } from './temporary-home.ts'

const KILLS = trials(20, 200)
const MIGRATION_KILLS = trials(6, 100)
const NEWEST = newestSchemaOf(MIGRATIONS)

/** Closing merges the log, so it must not be the file that the next start finds. */
function look<Found>(directory: string, ask: (connection: Database.Database) => Found): Found {
  const connection = new Database(join(directory, 'atelier.db'))
  try {
    return ask(connection)
  } finally {
    connection.close()
  }
}

test(`${KILLS} kills at random times lose no acknowledged epoch`, patience(KILLS, 4500), async () => {
  const directory = temporaryHome()
  const acknowledged = new Map<string, number>()
  for (const delay of sampleForTest('kills while epochs are recorded', fc.nat(120), KILLS)) {
    const child = startChild('record-epochs-child.ts', directory)
    await child.printed('\n')
    await wait(delay)
    await child.kill()
    expect(child.lines(), `killed ${delay} ms after the first epoch`).not.toEqual([])
    for (const [id = '', epoch] of child.lines().map((line) => line.split(' ')))
      acknowledged.set(id, Number(epoch))
    const checks = look(copyHome(directory), (history) => [
      history.pragma('integrity_check', { simple: true }),
      history.pragma('foreign_key_check'),
    ])
    expect(checks).toEqual(['ok', []])
  }
  const store = await temporaryStore(directory)
  expect(store.recovery).toBeNull()
  await store.markInterrupted()
  expect((await store.listRuns({ filter: { status: ['running'] } })).runs).toEqual([])
  for (const [id, epochs] of acknowledged) {
    const run = await store.findRun(id)
    expect(run.epochs.length).toBeGreaterThanOrEqual(epochs)
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual(run.epochs.map((_, index) => index + 1))
    expect((await store.listCheckpoints(id)).length).toBe(run.epochs.length)
  }
})

test(
  `${MIGRATION_KILLS} kills during a migration leave the old schema or the new one`,
  patience(MIGRATION_KILLS, 5000),
  async () => {
    let metMigration = 0
    const delays = sampleForTest('kills during a migration', fc.nat(400), MIGRATION_KILLS)
    for (const [index, any] of delays.entries()) {
      const [since, delay] = index % 2 === 0 ? ['migrating', Math.floor(any / 20)] : ['opening', any]
      const directory = temporaryHome()
      const store = await openStore({ directory })
      const { id } = await completeSample(store)
      store.close()
      const child = startChild('migrate-child.ts', directory)
      await child.printed(since)
      await wait(delay)
      await child.kill()
      const [version, laterTables, runs] = look(directory, (history) => [
        history.pragma('user_version', { simple: true }),
        history.prepare("select count(*) from sqlite_schema where name like 'later%'").pluck().get(),
        history.prepare('select id from runs').pluck().all(),
      ])
      expect([version, laterTables], `killed ${delay} ms after "${since}"`).toEqual(
        version === NEWEST ? [NEWEST, 0] : [NEWEST + 1, 50],
      )
      expect(runs).toEqual([id])
      if (version === NEWEST && child.lines().includes('migrating')) metMigration += 1
    }
    expect(metMigration, 'kills between its first table and its commit').toBeGreaterThan(0)
  },
)
