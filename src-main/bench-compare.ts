// How long a comparison takes on a long history: `npm run -s bench:compare -- [--runs 10000] [--compared 50] [--epochs 21] [--folder DIR]`.
// It writes made-up runs into a folder of its own, with answers for every test image, and takes medians of what the
// page asks for. What the page needs to show them is printed by tests/end-to-end/compare-times.ts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { judgeRuns } from './compare.ts'
import { fillHistory, TRUTH } from './made-up-history.ts'
import { openStore } from './store/open-store.ts'

const ROUNDS = 15

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    compared: { type: 'string', default: '50' },
    epochs: { type: 'string', default: '21' },
    /** Where the history is written: a folder in memory makes it ready sooner. */
    folder: { type: 'string', default: tmpdir() },
  },
})
const [runs, compared, epochs] = [values.runs, values.compared, values.epochs].map(Number)
if (!isCount(runs) || !isCount(compared) || !isCount(epochs) || compared > runs)
  throw new RangeError(
    '--runs, --compared and --epochs want whole numbers above 0, and no more compared than runs',
  )

const directory = await mkdtemp(join(values.folder, 'atelier-bench-'))
const store = await openStore({ directory })
try {
  const ids = await fillHistory(store, runs, compared, epochs)
  const { runs: read } = await store.readRuns(ids)
  const comparing = { store, readTestLabels: () => Promise.resolve(TRUTH) }
  await report(`list of all ${runs} runs`, () => store.listRuns())
  await report(`${compared} runs whole, ${epochs} epochs each`, () => store.readRuns(ids))
  await report(`answers of ${compared} runs`, () => store.readAnswers(ids))
  await report(`verdicts on ${compared} runs`, () => judgeRuns(comparing, read, ids[0] ?? ''))
} finally {
  store.close()
  await rm(directory, { recursive: true, force: true })
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0
}

async function report(what: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = performance.now()
    await ask()
    times.push(performance.now() - before)
  }
  times.sort((one, other) => one - other)
  const [median = 0, slowest = 0] = [times[Math.floor(ROUNDS / 2)], times.at(-1)]
  process.stdout.write(`${what}: ${median.toFixed(1)} ms (slowest of ${ROUNDS}: ${slowest.toFixed(1)} ms)\n`)
}
