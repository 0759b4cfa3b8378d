// Runs, epochs and evaluations with plausible content, for the tests of the store and their child processes.
import type { EngineDescription, Hardware } from '#shared/engine.ts'
import { type ExperimentInput, parseExperiment } from '#shared/experiment.ts'
import type { CheckpointRecord, EpochMetrics, Evaluation, Run, SplitPredictions } from '#shared/run.ts'
import type { Store } from '#main/store/open-store.ts'
import type { NewRun } from '#main/store/runs.ts'

export const STARTED_AT = '2026-11-22T10:00:00.000Z'
export const FINISHED_AT = '2026-11-22T10:05:00.000Z'

export const ENGINE: EngineDescription = {
  name: 'wasm',
  backend: 'wasm',
  versions: { '@tensorflow/tfjs-core': '4.22.0' },
  threads: null,
  gpu: null,
  notice: null,
}

export const HARDWARE: Hardware = {
  processor: 'A processor',
  cores: 2,
  memoryBytes: 8 * 1024 ** 3,
  platform: 'linux x64',
  gpu: null,
}

export function sampleRun(experiment: Partial<ExperimentInput> = {}, changes: Partial<NewRun> = {}): NewRun {
  return {
    name: 'A run',
    experiment: parseExperiment({ dataset: 'sketches', validationImages: 100, ...experiment }),
    dataset: {
      id: experiment.dataset ?? 'sketches',
      name: 'Sketches (generated)',
      hash: 'd'.repeat(64),
      directory: null,
      generated: true,
      classNames: ['T-shirt/top', 'Trouser'],
    },
    parameters: 7740,
    notes: '',
    tags: [],
    ...changes,
  }
}

/** Better with every epoch; each number is one that a double cannot write exactly. */
export function sampleEpoch(epoch: number): EpochMetrics {
  const metrics = {
    loss: 1 / (epoch + 2),
    accuracy: 1 - 1 / (epoch + 2),
    exactLoss: 1 / (epoch + 3),
    correct: 71,
    count: 96,
  }
  return {
    epoch,
    train: metrics,
    validation: { ...metrics, loss: 2 / 3 },
    test: null,
    elapsedMs: epoch * 100.1,
    imagesPerSecond: 9001.7,
  }
}

export function sampleCheckpoint(epoch: number): CheckpointRecord {
  return { epoch, file: `epoch-${epoch}.safetensors`, sha256: 'c'.repeat(64), bytes: 95_000 }
}

/** Of two classes, each with half of the images, all predicted to be of the first. */
export function sampleEvaluation(count: number): Evaluation {
  const half = count / 2
  return {
    split: 'test',
    metrics: { loss: 0.7, accuracy: 0.5, exactLoss: 0.69, correct: half, count },
    top5Accuracy: 1,
    confusionMatrix: [
      [half, 0],
      [half, 0],
    ],
    classScores: [
      { precision: 0.5, recall: 1, f1: 2 / 3, support: half },
      { precision: null, recall: 0, f1: 0, support: half },
    ],
  }
}

export function samplePredictions(count: number): SplitPredictions {
  return {
    labels: new Uint8Array(count),
    probabilities: Float32Array.from({ length: count }, (_, index) => 1 / (index + 1)),
  }
}

/** A run that trains and has finished so many epochs. */
export async function trainSample(
  store: Store,
  finishedEpochs: number,
  run = sampleRun({ epochs: 3 }),
): Promise<Run> {
  const { id } = await store.insertRun(run)
  await store.recordStart(id, ENGINE, HARDWARE, STARTED_AT)
  for (let epoch = 1; epoch <= finishedEpochs; epoch++) {
    await store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
  }
  return store.findRun(id)
}

export async function completeSample(
  store: Store,
  run = sampleRun({ epochs: 3 }),
  finishedAt = FINISHED_AT,
): Promise<Run> {
  const { id } = await trainSample(store, run.experiment.epochs, run)
  await store.recordCompletion(id, sampleEvaluation(4), samplePredictions(4), finishedAt)
  return store.findRun(id)
}
