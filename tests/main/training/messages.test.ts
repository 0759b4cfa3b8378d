import { deserialize, serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import {
  type TrainerReport,
  trainerCommandSchema,
  trainerReportSchema,
  type TrainingJob,
} from '#main/training/messages.ts'
import {
  ENGINE,
  HARDWARE,
  sampleCheckpoint,
  sampleEpoch,
  sampleEvaluation,
  samplePredictions,
  sampleRun,
} from '../store/sample-runs.ts'

const JOB: TrainingJob = {
  experiment: sampleRun().experiment,
  dataset: { id: 'sketches', directory: null, hash: 'd'.repeat(64) },
  datasetsFolder: '/data/datasets',
  runFolder: '/data/runs/1',
  engine: 'wasm',
  threads: 'automatic',
  resumeFrom: [{ checkpoint: sampleCheckpoint(1), elapsedMs: 12 }],
  marks: null,
  adaptation: null,
}

const COMMANDS = [{ type: 'start', job: JOB }, { type: 'pause' }, { type: 'resume' }, { type: 'cancel' }]

const PROGRESS = {
  ...{ epoch: 1, batch: 2, batches: 3, loss: 0.5, accuracy: 0.5, imagesPerSecond: 100, remainingMs: null },
  batchLosses: [{ epoch: 1, batch: 2, loss: 0.5 }],
  memoryBytes: 1000,
}

const REPORTS: readonly TrainerReport[] = [
  { type: 'started', engine: ENGINE, hardware: HARDWARE },
  { type: 'progressed', progress: PROGRESS },
  { type: 'paused' },
  { type: 'resumed' },
  { type: 'epoch-completed', metrics: sampleEpoch(1), checkpoint: sampleCheckpoint(1) },
  { type: 'completed', evaluation: sampleEvaluation(10), predictions: samplePredictions(10) },
  { type: 'failed', failure: { code: 'diverged', message: 'The loss became NaN.' } },
]

/** As a channel between processes with structured clones carries it. */
function carry(message: unknown): unknown {
  return deserialize(serialize(message))
}

describe('a command', () => {
  it.each(COMMANDS)('$type arrives as it was sent', (command) => {
    expect(trainerCommandSchema.parse(carry(command))).toEqual(command)
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'cancel'],
    ['an unknown type', { type: 'stop' }],
    ['a start without a job', { type: 'start' }],
    [
      'an impossible experiment',
      { type: 'start', job: { ...JOB, experiment: { ...JOB.experiment, epochs: 0 } } },
    ],
    ['an unknown engine', { type: 'start', job: { ...JOB, engine: 'abacus' } }],
    [
      'a time before the start',
      { type: 'start', job: { ...JOB, resumeFrom: [{ checkpoint: sampleCheckpoint(1), elapsedMs: -1 }] } },
    ],
    ['a dataset without its hash', { type: 'start', job: { ...JOB, dataset: { id: 'a', directory: null } } }],
  ])('that is %s is refused', (_, command) => {
    expect(trainerCommandSchema.safeParse(command).success).toBe(false)
  })
})

describe('a report', () => {
  it.each(REPORTS)('$type arrives as it was sent', (report) => {
    expect(trainerReportSchema.parse(carry(report))).toEqual(report)
  })

  it.each([
    ['null', null],
    ['an unknown type', { type: 'finished' }],
    ['an epoch without its checkpoint', { type: 'epoch-completed', metrics: sampleEpoch(1) }],
    [
      'an epoch of number 0',
      { type: 'epoch-completed', metrics: sampleEpoch(0), checkpoint: sampleCheckpoint(1) },
    ],
    [
      'a loss that is no number',
      {
        type: 'epoch-completed',
        metrics: { ...sampleEpoch(1), train: { ...sampleEpoch(1).train, loss: Number.NaN } },
        checkpoint: sampleCheckpoint(1),
      },
    ],
    [
      'predictions that lost their type on the way',
      {
        type: 'completed',
        evaluation: sampleEvaluation(2),
        predictions: { labels: [0, 1], probabilities: [1, 1] },
      },
    ],
    ['a failure of an unknown kind', { type: 'failed', failure: { code: 'odd', message: '' } }],
  ])('that is %s is refused', (_, report) => {
    expect(trainerReportSchema.safeParse(report).success).toBe(false)
  })
})
