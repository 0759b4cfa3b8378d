import Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups } from '#main/store/backups.ts'
import { MIGRATIONS, type Migrations, newestSchemaOf } from '#main/store/migrate.ts'
import { openHistory } from '#main/store/open-history.ts'
import { openStore, openStoreReader } from '#main/store/open-store.ts'
import { fileHash } from './file-hash.ts'
import { completeSample, sampleRun, trainSample } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const NEWEST = newestSchemaOf(MIGRATIONS)

/** The next version of Atelier, as far as this one can imagine it. */
const NEXT: Migrations = { ...MIGRATIONS, '9998-next': addingTable('next') }
const FAILING: Migrations = { ...NEXT, '9999-failing': { up: () => Promise.reject(new Error('It failed.')) } }

function addingTable(name: string): Migration {
  return {
    async up(database) {
      await sql.raw(`create table ${name} (id integer) strict`).execute(database)
    },
  }
}

/** Reads the file without the store's own code. */
function look(directory: string): { version: unknown; applicationId: unknown; tables: unknown[] } {
  const connection = new Database(join(directory, 'atelier.db'), { readonly: true })
  try {
    return {
      version: connection.pragma('user_version', { simple: true }),
      applicationId: connection.pragma('application_id', { simple: true }),
      tables: connection.prepare("select name from sqlite_schema where type = 'table'").pluck().all(),
    }
  } finally {
    connection.close()
  }
}

test('the folder cannot be a file', async () => {
  const directory = join(temporaryHome(), 'taken')
  writeFileSync(directory, '')
  await expect(openStore({ directory })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/cannot be made .* with --home\.$/) as string,
  })
})

test('a database of another program is refused and left as it is', async () => {
  const directory = temporaryHome()
  const file = join(directory, 'atelier.db')
  for (const statement of ['create table bookmarks (url text)', 'pragma application_id = 7']) {
    new Database(file).exec(statement).close()
    const before = fileHash(file)
    const refused = { code: 'invalid-file', message: expect.stringContaining('of another program') as string }
    await expect(openStore({ directory })).rejects.toMatchObject(refused)
    expect(() => openStoreReader({ directory })).toThrow(expect.objectContaining(refused) as Error)
    expect(fileHash(file)).toBe(before)
    expect(readdirSync(directory)).toEqual(['atelier.db'])
  }
})

test('a history of a newer Atelier is refused and left as it is', async () => {
  const directory = temporaryHome()
  ;(await openHistory(directory, NEXT)).close()
  const file = join(directory, 'atelier.db')
  const before = fileHash(file)
  const refused = {
    code: 'invalid-file',
    message: `The run history ${file} was written by a newer Atelier (schema ${NEWEST + 1}, this one knows up to ${NEWEST}); it was left as it is. Install the newer version, or choose another data folder with --home.`,
  }
  await expect(openStore({ directory })).rejects.toMatchObject(refused)
  expect(() => openStoreReader({ directory })).toThrow(refused.message)
  expect(fileHash(file)).toBe(before)
  expect(listBackups(directory)).toEqual([])
})

test('a new history is ours, strict and empty', async () => {
  const directory = join(temporaryHome(), 'made', 'on', 'the', 'way')
  const store = await temporaryStore(directory)
  expect(store.recovery).toBeNull()
  expect(await store.listRuns()).toEqual({ runs: [], unreadable: [] })
  expect(look(directory)).toMatchObject({ version: NEWEST, applicationId: 0x41544c52 })
  const connection = new Database(join(directory, 'atelier.db'), { readonly: true })
  const loose = connection.prepare(
    "select name from pragma_table_list where schema = 'main' and type = 'table' and not strict and name not like 'kysely%' and name not like 'sqlite%'",
  )
  expect(loose.all()).toEqual([])
  connection.close()
})

test('what was stored is there after a restart', async () => {
  const directory = temporaryHome()
  const first = await openStore({ directory })
  const run = await completeSample(first)
  first.close()
  const second = await temporaryStore(directory)
  expect(second.recovery).toBeNull()
  expect(await second.findRun(run.id)).toEqual(run)
})

test('an older history is backed up, then migrated', async () => {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  const run = await completeSample(store)
  store.close()
  ;(await openHistory(directory, NEXT)).close()
  expect(look(directory)).toMatchObject({
    version: NEWEST + 1,
    tables: expect.arrayContaining(['runs', 'next']) as unknown,
  })
  const backups = listBackups(directory)
  expect(backups).toHaveLength(1)
  const backup = new Database(backups[0], { readonly: true })
  expect(backup.pragma('user_version', { simple: true })).toBe(NEWEST)
  expect(backup.prepare('select id from runs').pluck().all()).toEqual([run.id])
  backup.close()
})

test('a migration that fails leaves the old schema, also of the migrations before it', async () => {
  const directory = temporaryHome()
  ;(await openStore({ directory })).close()
  const before = look(directory)
  await expect(openHistory(directory, FAILING)).rejects.toThrow('It failed.')
  expect(look(directory)).toEqual(before)
  expect((await temporaryStore(directory)).recovery).toBeNull()
})

test('a reader finds nothing before the first run, and makes nothing', () => {
  const directory = temporaryHome()
  expect(() => openStoreReader({ directory })).toThrow(
    /There is no run history in .* yet\. Train something first\./,
  )
  expect(existsSync(join(directory, 'atelier.db'))).toBe(false)
})

test('a reader sees what the owner commits while it trains', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  const reader = openStoreReader({ directory })
  const run = await trainSample(store, 2)
  expect(await reader.findRun(run.id)).toEqual(run)
  expect((await reader.listRuns()).runs).toHaveLength(1)
  reader.close()
})

test('a reader of an older history says what to do and does not migrate it', async () => {
  const directory = temporaryHome()
  ;(await openHistory(directory, {})).close()
  expect(() => openStoreReader({ directory })).toThrow(/older Atelier\. Start Atelier once on/)
  expect(look(directory).version).toBe(0)
})

test('a store that is closed refuses to store', async () => {
  const store = await temporaryStore()
  store.close()
  store.close()
  await expect(store.insertRun(sampleRun())).rejects.toThrow(/not open/)
})
