// What a power cut may leave of SQLite's log: its end missing, or written as anything. Commits before that stand, and
// nothing of what came after them.
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStore } from '#main/store/open-store.ts'
import { randomForTest } from '../datasets/random-test.ts'
import { patience, trials } from '../../trials.ts'
import { ENGINE, HARDWARE, sampleCheckpoint, sampleEpoch, sampleRun, STARTED_AT } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const TRIALS = trials(150, 1000)
const EPOCHS = 40

interface Left {
  readonly runId: string
  readonly database: string
  readonly log: string
}

/** A history whose log holds all epochs of a run, as a process that is gone has left it. */
async function leaveLog(): Promise<Left> {
  const directory = temporaryHome()
  const first = await openStore({ directory })
  const { id } = await first.insertRun(sampleRun({ epochs: EPOCHS }))
  first.close()
  const store = await temporaryStore(directory)
  await store.recordStart(id, ENGINE, HARDWARE, STARTED_AT)
  for (let epoch = 1; epoch <= EPOCHS; epoch++)
    await store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
  const kept = temporaryHome()
  for (const file of ['atelier.db', 'atelier.db-wal']) copyFileSync(join(directory, file), join(kept, file))
  return { runId: id, database: join(kept, 'atelier.db'), log: join(kept, 'atelier.db-wal') }
}

/** Cuts the end off, or writes it over from somewhere on. */
function tear(file: string, from: number, garbage: Uint8Array): void {
  if (garbage.length === 0) {
    truncateSync(file, from)
    return
  }
  const handle = openSync(file, 'r+')
  writeSync(handle, garbage, 0, garbage.length, from)
  closeSync(handle)
}

function copyOf({ database, log }: Left, name: string): string {
  const folder = join(dirname(database), name)
  mkdirSync(folder)
  copyFileSync(database, join(folder, 'atelier.db'))
  copyFileSync(log, join(folder, 'atelier.db-wal'))
  return folder
}

function readEpochs(folder: string): { readonly integrity: unknown; readonly epochs: number[] } {
  const history = new Database(join(folder, 'atelier.db'))
  const integrity = history.pragma('integrity_check', { simple: true })
  const epochs = history.prepare('select epoch from epochs order by epoch').pluck().all() as number[]
  history.close()
  return { integrity, epochs }
}

test(
  `${TRIALS} torn ends of the log leave exactly the commits before them`,
  patience(TRIALS, 300),
  async () => {
    const random = randomForTest('torn ends of the log')
    const left = await leaveLog()
    const { length } = readFileSync(left.log)
    const found = new Set<number>()
    for (let trial = 0; trial < TRIALS; trial++) {
      const from = Math.floor(random.uniform(0, length))
      const size = trial % 2 === 0 ? 0 : Math.ceil(random.uniform(0, length - from))
      const folder = copyOf(left, String(trial))
      const garbage = Uint8Array.from({ length: size }, () => Math.floor(random.uniform(0, 256)))
      tear(join(folder, 'atelier.db-wal'), from, garbage)
      const { integrity, epochs } = readEpochs(folder)
      expect([integrity, epochs], `torn at ${from} of ${length}, ${size} bytes`).toEqual([
        'ok',
        epochs.map((_, index) => index + 1),
      ])
      found.add(epochs.length)
    }
    process.stdout.write(`${TRIALS} torn logs left ${found.size} different numbers of epochs\n`)
    expect(found.size).toBeGreaterThan(10)
    expect(Math.max(...found)).toBeLessThanOrEqual(EPOCHS)
  },
)

test('a history whose log is torn opens without a loss being told, and the run can go on', async () => {
  const left = await leaveLog()
  const folder = copyOf(left, 'opened')
  const log = join(folder, 'atelier.db-wal')
  tear(log, readFileSync(log).length - 5000, new Uint8Array())
  const store = await openStore({ directory: folder })
  expect(store.recovery).toBeNull()
  expect(await store.markInterrupted()).toEqual([left.runId])
  const { epochs } = await store.findRun(left.runId)
  expect(epochs.length).toBeGreaterThan(0)
  expect(epochs.length).toBeLessThan(EPOCHS)
  await store.recordStart(left.runId, ENGINE, HARDWARE, STARTED_AT)
  const next = epochs.length + 1
  await store.recordEpoch(left.runId, sampleEpoch(next), sampleCheckpoint(next))
  store.close()
})
