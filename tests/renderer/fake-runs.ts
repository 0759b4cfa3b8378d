// Made-up runs, the same for the same seed: many settings, every state, plausible figures. Nothing here was measured.
import { Random } from '#shared/core/random.ts'
import { scoreClasses } from '#shared/core/training/class-scores.ts'
import { parseExperiment, type Experiment } from '#shared/experiment.ts'
import type { EpochMetrics, Evaluation, Run, RunStatus, SplitMetrics } from '#shared/run.ts'

const CLASS_NAMES = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]
const TEST_IMAGES = 10_000
const FIRST_RUN_AT = Date.UTC(2026, 9, 1, 8, 0)

export function makeRuns(count: number, seed = 1): Run[] {
  const random = new Random(seed)
  const next = (): number => random.nextUint32() / 2 ** 32
  return Array.from({ length: count }, (_, index) => makeRun(index, next))
}

export function makeRun(index: number, next: () => number): Run {
  const experiment = chooseExperiment(next)
  const status = chooseStatus(next())
  const done = countEpochs(status, experiment, next)
  const quality =
    0.78 + 0.12 * next() - (experiment.optimizer.name === 'adam' && experiment.learningRate > 0.05 ? 0.68 : 0)
  const epochs = Array.from({ length: done }, (_, at) => makeEpoch(at + 1, quality, experiment, next))
  const createdAt = new Date(FIRST_RUN_AT + index * 417_000).toISOString()
  const last = epochs.at(-1)
  return {
    id: `run-${String(index + 1).padStart(5, '0')}`,
    name: nameRun(index, experiment),
    status,
    reason: REASONS[status] ?? null,
    experiment,
    dataset: {
      id: experiment.dataset,
      name: experiment.dataset === 'sketches' ? 'Sketches (generated)' : 'Fashion-MNIST',
      hash: experiment.dataset === 'sketches' ? '5ac1'.repeat(16) : '3aed'.repeat(16),
      directory: null,
      generated: experiment.dataset === 'sketches',
      classNames: CLASS_NAMES,
    },
    parameters: experiment.model.name === 'tiny-vgg' ? 7740 : 7960,
    engine:
      status === 'queued'
        ? null
        : {
            name: 'wasm',
            backend: 'wasm',
            versions: { '@tensorflow/tfjs': '4.22.0' },
            threads: 4,
            gpu: null,
            notice: null,
          },
    hardware: {
      processor: 'Example Processor 9000',
      cores: 8,
      memoryBytes: 34_000_000_000,
      platform: 'linux x64',
      gpu: null,
    },
    createdAt,
    startedAt: status === 'queued' ? null : createdAt,
    finishedAt: status === 'completed' ? new Date(Date.parse(createdAt) + 40_000).toISOString() : null,
    epochs,
    evaluation: status === 'completed' && last?.validation != null ? makeEvaluation(last, next) : null,
    notes: index % 17 === 0 ? 'Compare with the same seed at half the rate.' : '',
    archived: index % 41 === 7,
    tags: index % 5 === 0 ? ['rate sweep'] : index % 23 === 0 ? ['paper', 'check again'] : [],
    starred: index % 29 === 3,
    deletedAt: null,
  }
}

const REASONS: Partial<Record<RunStatus, string>> = {
  failed: 'The loss became NaN in epoch 2. Lower the learning rate.',
  interrupted: 'Atelier ended while this run trained.',
  cancelled: 'Stopped by the user.',
}

function chooseExperiment(next: () => number): Experiment {
  const model = pick(['tiny-vgg', 'tiny-vgg', 'mlp', 'linear'] as const, next)
  return parseExperiment({
    dataset: next() < 0.8 ? 'fashion-mnist' : 'sketches',
    validationImages: 5000,
    model:
      model === 'tiny-vgg'
        ? { name: model, pooling: pick(['max', 'average'] as const, next) }
        : { name: model },
    optimizer: { name: pick(['sgd', 'sgd', 'adam'] as const, next) },
    loss: pick(['cross-entropy', 'cross-entropy', 'multi-margin', 'nll'] as const, next),
    learningRate: pick([0.001, 0.01, 0.1], next),
    batchSize: pick([8, 32, 128], next),
    epochs: pick([1, 3, 8, 21], next),
    seed: 1 + Math.floor(next() * 5),
  })
}

function chooseStatus(chance: number): RunStatus {
  if (chance < 0.9) return 'completed'
  if (chance < 0.94) return 'cancelled'
  if (chance < 0.97) return 'failed'
  return 'interrupted'
}

function countEpochs(status: RunStatus, { epochs }: Experiment, next: () => number): number {
  if (status === 'queued') return 0
  return status === 'completed' ? epochs : Math.floor(next() * epochs)
}

export function makeEpoch(
  epoch: number,
  quality: number,
  { testEachEpoch }: Experiment,
  next: () => number,
): EpochMetrics {
  const grown = Math.max(0.1, quality - 0.25 * Math.exp(-epoch / 2.5) + 0.008 * (next() - 0.5))
  return {
    epoch,
    train: makeMetrics(Math.min(0.995, grown + 0.012), 55_000),
    validation: makeMetrics(grown, 5000),
    test: testEachEpoch ? makeMetrics(grown - 0.006, TEST_IMAGES) : null,
    elapsedMs: epoch * (3200 + 900 * next()),
    imagesPerSecond: 8200 + 1500 * next(),
  }
}

function makeMetrics(accuracy: number, count: number): SplitMetrics {
  const loss = 2.1 * (1 - accuracy) ** 0.9 + 0.08
  const correct = Math.round(accuracy * count)
  return { loss, accuracy, exactLoss: loss * 1.001, correct, count }
}

function makeEvaluation({ validation }: EpochMetrics, next: () => number): Evaluation {
  const accuracy = Math.max(0.1, (validation?.accuracy ?? 0.8) - 0.006)
  const confusionMatrix = CLASS_NAMES.map((_, truth) => {
    const wrong = Math.round(1000 * (1 - accuracy) * (truth === 6 ? 2.4 : 0.3 + next()))
    const row = CLASS_NAMES.map(() => 0)
    for (let image = 0; image < Math.min(1000, wrong); image++) {
      const other = Math.floor(next() ** 2 * 9)
      const at = (truth + 1 + other) % 10
      row[at] = (row[at] ?? 0) + 1
    }
    row[truth] = 1000 - Math.min(1000, wrong)
    return row
  })
  const correct = confusionMatrix.reduce((sum, row, label) => sum + (row[label] ?? 0), 0)
  const metrics = { ...makeMetrics(correct / TEST_IMAGES, TEST_IMAGES), correct }
  return {
    split: 'test',
    metrics,
    top5Accuracy: 0.997,
    confusionMatrix,
    classScores: scoreClasses(confusionMatrix),
  }
}

function nameRun(index: number, { learningRate, seed, model }: Experiment): string {
  if (index % 97 === 5)
    return `${model.name} with a very long name that someone wrote to remember exactly what was tried on that day`
  return `${model.name} · lr ${learningRate} · seed ${seed}`
}

function pick<Value>(values: readonly Value[], next: () => number): Value {
  const value = values[Math.floor(next() * values.length)]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}
