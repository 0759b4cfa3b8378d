import fc from 'fast-check'
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups } from '#main/store/backups.ts'
import { openStore, openStoreReader } from '#main/store/open-store.ts'
import { patience, trials } from '../../trials.ts'
import { fileHash } from './file-hash.ts'
import { completeSample, sampleRun } from './sample-runs.ts'
import { copyHome, temporaryHome, temporaryStore } from './temporary-home.ts'

/** Three runs in the backup, two more since. */
const BACKED_UP = 3
const ALL = 5
const DAMAGES = trials(12, 300)

async function makeHome(): Promise<string> {
  const directory = temporaryHome()
  const store = await openStore({ directory })
  for (let count = 0; count < BACKED_UP; count++) await completeSample(store)
  await store.backup()
  for (let count = BACKED_UP; count < ALL; count++) await completeSample(store)
  store.close()
  return directory
}

interface Damage {
  readonly name: string
  readonly apply: (file: string) => void
}

const CERTAIN: readonly Damage[] = [
  { name: 'an empty file', apply: (file) => truncateSync(file, 0) },
  { name: 'a text file', apply: (file) => writeFileSync(file, 'These are my notes.\n'.repeat(500)) },
  {
    name: 'a file of zeros',
    apply: (file) => writeFileSync(file, new Uint8Array(readFileSync(file).length)),
  },
  { name: 'a file cut after its first page', apply: (file) => truncateSync(file, 4096) },
  { name: 'a file cut in the middle of a page', apply: (file) => truncateSync(file, 20_000) },
  {
    name: 'a file without its last page',
    apply: (file) => truncateSync(file, readFileSync(file).length - 4096),
  },
]

test.for(CERTAIN)('$name is kept aside and the newest backup restored', async ({ apply }) => {
  const directory = await makeHome()
  const file = join(directory, 'atelier.db')
  apply(file)
  const damaged = fileHash(file)
  const store = await temporaryStore(directory)
  expect(store.recovery).toMatchObject({
    keptAs: expect.stringMatching(/atelier\.db\.damaged-/) as string,
    restoredFrom: listBackups(directory)[0],
    message: expect.stringMatching(
      /was unusable \(.+\)\. The damaged file is kept as .+ was restored: what was stored after it is missing\.$/,
    ) as string,
  })
  expect(fileHash(store.recovery?.keptAs ?? '')).toBe(damaged)
  expect((await store.listRuns()).runs).toHaveLength(BACKED_UP)
  await completeSample(store)
})

test(
  'a file with random blocks overwritten is restored or still whole, and can be used',
  patience(DAMAGES, 2500),
  async () => {
    const original = await makeHome()
    const blocks = Math.floor(readFileSync(join(original, 'atelier.db')).length / 512)
    const overwritten = fc.array(
      fc.tuple(fc.nat(blocks - 1), fc.noShrink(fc.uint8Array({ minLength: 512, maxLength: 512 }))),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(overwritten, async (damage) => {
        const directory = copyHome(original)
        const file = join(directory, 'atelier.db')
        const bytes = readFileSync(file)
        for (const [block, content] of damage) bytes.set(content, block * 512)
        writeFileSync(file, bytes)
        const store = await openStore({ directory })
        const { runs, unreadable } = await store.listRuns()
        expect(runs.length + unreadable.length).toBe(store.recovery === null ? ALL : BACKED_UP)
        await completeSample(store, sampleRun({ epochs: 1 }))
        store.close()
      }),
      { numRuns: DAMAGES },
    )
  },
)

test('a bad backup is passed over for an older good one', async () => {
  const directory = await makeHome()
  const store = await openStore({ directory })
  const newest = await store.backup()
  store.close()
  truncateSync(newest, 8192)
  truncateSync(join(directory, 'atelier.db'), 0)
  const { recovery } = await temporaryStore(directory)
  expect(recovery?.restoredFrom).toMatch(/atelier-0001-/)
  expect(recovery?.message).toContain('Backups that could not be used either: 1.')
})

test('a file of no bytes that a first start left behind is no loss', async () => {
  const directory = await makeHome()
  rmSync(join(directory, 'backups'), { recursive: true })
  rmSync(join(directory, 'atelier.db.clean'), { force: true })
  truncateSync(join(directory, 'atelier.db'), 0)
  expect((await temporaryStore(directory)).recovery).toBeNull()
})

test('without any backup a new history begins and the damaged file is kept', async () => {
  const directory = await makeHome()
  rmSync(join(directory, 'backups'), { recursive: true })
  writeFileSync(join(directory, 'atelier.db'), 'no database')
  const store = await temporaryStore(directory)
  expect(store.recovery).toMatchObject({ problem: 'file is not a database', restoredFrom: null })
  expect(store.recovery?.message).toContain('There was no good backup, so a new, empty history was begun.')
  expect((await store.listRuns()).runs).toEqual([])
})

test('a history that is gone is restored from its backup', async () => {
  const directory = await makeHome()
  rmSync(join(directory, 'atelier.db'))
  const store = await temporaryStore(directory)
  expect(store.recovery).toMatchObject({ problem: 'the file is missing', keptAs: null })
  expect((await store.listRuns()).runs).toHaveLength(BACKED_UP)
})

test('a recovered history opens in order the next time', async () => {
  const directory = await makeHome()
  truncateSync(join(directory, 'atelier.db'), 4096)
  ;(await openStore({ directory })).close()
  expect((await temporaryStore(directory)).recovery).toBeNull()
})

test('a reader does not recover: it says what to do', async () => {
  const directory = await makeHome()
  const file = join(directory, 'atelier.db')
  truncateSync(file, 0)
  expect(() => openStoreReader({ directory })).toThrow(/is damaged \(it is empty\)\. Start Atelier again/)
  expect(existsSync(file)).toBe(true)
})
