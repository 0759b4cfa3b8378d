// A long history of made-up runs, for what is measured on one: see bench-compare.ts and tests/end-to-end/measure-workbench.ts.
import { Random } from '#shared/core/random.ts'
import { parseExperiment } from '#shared/experiment.ts'
import type { SplitMetrics } from '#shared/run.ts'
import type { Store } from './store/open-store.ts'

const TEST_IMAGES = 10_000
const CLASSES = 10
const CLASS_NAMES = Array.from({ length: CLASSES }, (_, label) => `class ${label}`)
/** The right labels of the made-up test images. */
export const TRUTH = Uint8Array.from({ length: TEST_IMAGES }, (_, image) => image % CLASSES)

/**
 * @param whole how many are trained to the end, for `length` epochs; the others have an epoch each, which is what a list reads
 * @returns the ids of those
 */
export async function fillHistory(
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
