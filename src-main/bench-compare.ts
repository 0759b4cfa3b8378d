// How long a comparison takes on a long history: `npm run -s bench:compare -- [--runs 10000] [--compared 50] [--epochs 21] [--folder DIR]`.
// It writes made-up runs into a folder of its own, with answers for every test image, and takes medians of what the
// page asks for. What the page needs to show them is printed by tests/end-to-end/compare-times.ts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Random } from '#shared/core/random.ts'
import { parseExperiment } from '#shared/experiment.ts'
import type { SplitMetrics } from '#shared/run.ts'
import { judgeRuns } from './compare.ts'
import { type Store, openStore } from './store/open-store.ts'

const TEST_IMAGES = 10_000
const CLASSES = 10
const ROUNDS = 15
const TRUTH = Uint8Array.from({ length: TEST_IMAGES }, (_, image) => image % CLASSES)
const CLASS_NAMES = Array.from({ length: CLASSES }, (_, label) => `class ${label}`)

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
  const ids = await fill(store, runs, compared, epochs)
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

/** Those that are compared are trained to the end; the others have an epoch each, which is what a list reads. */
async function fill(
  history: Store,
  count: number,
  whole: number,
  length: number,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const isWhole = index < whole
    const id = await addRun(history, index, isWhole ? length : 1)
    if (isWhole) ids.push(id)
  }
  return ids
}

async function addRun(history: Store, index: number, length: number): Promise<string> {
  const learningRate = [0.001, 0.01, 0.1][index % 3] ?? 0.1
  const { id } = await history.insertRun({
    name: `run ${index}`,
    experiment: parseExperiment({
      dataset: 'made-up',
      validationImages: 5000,
      learningRate,
      epochs: length,
      seed: index,
    }),
    dataset: {
      ...{ id: 'made-up', name: 'Made up', hash: 'd'.repeat(64), directory: null, generated: true },
      classNames: CLASS_NAMES,
    },
    ...{ parameters: 7740, notes: '', tags: [] },
  })
  const engine = { name: 'simd', backend: 'simd', versions: {}, threads: 2, gpu: null, notice: null } as const
  const hardware = { processor: 'none', cores: 1, memoryBytes: 1, platform: 'none', gpu: null }
  await history.recordStart(id, engine, hardware, new Date(0).toISOString())
  for (let epoch = 1; epoch <= length; epoch++) {
    const metrics = metricsOf(7000 + 80 * epoch, TEST_IMAGES)
    const record = { epoch, file: `epoch-${epoch}`, sha256: 'c'.repeat(64), bytes: 1 }
    const times = { elapsedMs: 3000 * epoch, imagesPerSecond: 9000 }
    await history.recordEpoch(
      id,
      { epoch, train: metrics, validation: metrics, test: null, ...times },
      record,
    )
  }
  await complete(history, id, index)
  return id
}

async function complete(history: Store, id: string, seed: number): Promise<void> {
  const random = new Random(seed)
  const labels = TRUTH.map((label) => (random.nextUint32() % 10 === 0 ? (label + 1) % CLASSES : label))
  const correct = labels.reduce((sum, label, image) => sum + (label === TRUTH[image] ? 1 : 0), 0)
  const matrix = CLASS_NAMES.map(() => new Array<number>(CLASSES).fill(TEST_IMAGES / CLASSES / CLASSES))
  const scores = { precision: 0.9, recall: 0.9, f1: 0.9, support: TEST_IMAGES / CLASSES }
  const evaluation = {
    split: 'test' as const,
    metrics: metricsOf(correct, TEST_IMAGES),
    top5Accuracy: 0.99,
    confusionMatrix: matrix,
    classScores: CLASS_NAMES.map(() => scores),
  }
  const probabilities = new Float32Array(TEST_IMAGES).fill(0.9)
  await history.recordCompletion(id, evaluation, { labels, probabilities }, new Date(0).toISOString())
}

function metricsOf(correct: number, count: number): SplitMetrics {
  const accuracy = correct / count
  return { loss: 1 - accuracy, accuracy, exactLoss: 1 - accuracy, correct, count }
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
