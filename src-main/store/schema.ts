// The tables as TypeScript sees them; the migrations make them. Columns bear the names of the records' fields, times are
// ISO texts, lists and records are JSON, and flags are 0 or 1.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { EngineName } from '#shared/engine.ts'
import type { LossName, ModelName, OptimizerName } from '#shared/experiment.ts'
import type { PhotoBatch, PhotoRow } from '#shared/photo-batch.ts'
import type { Evaluation, RunStatus } from '#shared/run.ts'
import type { VerdictName } from '#shared/verdict.ts'

export interface Schema {
  runs: RunsTable
  epochs: EpochsTable
  checkpoints: CheckpointsTable
  evaluations: EvaluationsTable
  predictions: PredictionsTable
  queue: QueueTable
  settings: SettingsTable
  curves: CurvesTable
  logLines: LogLinesTable
  calibrations: CalibrationsTable
  photoSets: PhotoSetsTable
  adaptationGains: AdaptationGainsTable
  comparisons: ComparisonsTable
  marks: MarksTable
  markChanges: MarkChangesTable
  markSets: MarkSetsTable
  photoBatches: PhotoBatchesTable
  photos: PhotosTable
  photoPredictions: PhotoPredictionsTable
  photoCorrections: PhotoCorrectionsTable
  photoCorrectionChanges: PhotoCorrectionChangesTable
}

type Flag = 0 | 1
/** Written once, when the row is inserted. */
type Fixed<T> = ColumnType<T, T, never>

export interface RunsTable {
  id: Fixed<string>
  name: string
  status: RunStatus
  reason: string | null
  experiment: string
  datasetId: Fixed<string>
  datasetName: Fixed<string>
  datasetHash: Fixed<string>
  datasetDirectory: Fixed<string | null>
  datasetGenerated: Fixed<Flag>
  classNames: Fixed<string>
  parameters: Fixed<number>
  engine: Generated<string | null>
  hardware: Generated<string | null>
  createdAt: Fixed<string>
  startedAt: Generated<string | null>
  finishedAt: Generated<string | null>
  deletedAt: Generated<string | null>
  notes: string
  tags: string
  starred: Generated<Flag>
  archived: Generated<Flag>
  // Computed by SQLite from `experiment` and `engine`, to filter and sort by.
  model: GeneratedAlways<ModelName>
  loss: GeneratedAlways<LossName>
  optimizer: GeneratedAlways<OptimizerName>
  learningRate: GeneratedAlways<number>
  batchSize: GeneratedAlways<number>
  epochs: GeneratedAlways<number>
  trainImages: GeneratedAlways<number | null>
  seed: GeneratedAlways<number>
  engineName: GeneratedAlways<EngineName | null>
}

export interface EpochsTable {
  runId: string
  epoch: number
  trainLoss: number
  trainAccuracy: number
  trainExactLoss: number
  trainCorrect: number
  trainCount: number
  validationLoss: number | null
  validationAccuracy: number | null
  validationExactLoss: number | null
  validationCorrect: number | null
  validationCount: number | null
  testLoss: number | null
  testAccuracy: number | null
  testExactLoss: number | null
  testCorrect: number | null
  testCount: number | null
  elapsedMs: number
  imagesPerSecond: number
}

export interface CheckpointsTable {
  runId: string
  epoch: number
  file: string
  sha256: string
  bytes: number
}

export interface EvaluationsTable {
  runId: string
  split: Evaluation['split']
  loss: number
  accuracy: number
  exactLoss: number
  correct: number
  count: number
  top5Accuracy: number
  confusionMatrix: string
  classScores: string
  /** After which it was made, and when the run was completed by it; null where nobody knows. */
  epoch: number | null
  finishedAt: string | null
}

export interface PredictionsTable {
  runId: string
  labels: Uint8Array
  /** Four bytes each, little endian. */
  probabilities: Uint8Array
}

export interface QueueTable {
  runId: string
  position: number
  engine: string
}

export interface SettingsTable {
  name: string
  value: string
}

export interface CurvesTable {
  runId: string
  epoch: number
  /** Numbers of the batches; four bytes each, little endian, as the losses. */
  batches: Uint8Array
  losses: Uint8Array
}

export interface LogLinesTable {
  id: Generated<number>
  runId: string
  time: string
  text: string
}

export interface CalibrationsTable {
  key: string
  result: string
}

export interface ComparisonsTable {
  id: Fixed<string>
  name: string
  notes: string
  runIds: string
  baseline: string | null
  view: string
  createdAt: Fixed<string>
  changedAt: string
  deletedAt: string | null
}

export interface PhotoBatchesTable {
  id: Fixed<string>
  name: string
  status: PhotoBatch['status']
  reason: string | null
  createdAt: Fixed<string>
  runs: string
  settings: Fixed<string>
  preparationVersion: Fixed<number>
  thresholds: string | null
  sources: Fixed<string>
  isListed: Generated<Flag>
  folderClasses: string
}

export interface PhotosTable {
  batchId: Fixed<string>
  number: Fixed<number>
  file: Fixed<string>
  path: Fixed<string>
  status: PhotoRow['status']
  reason: string | null
  folderLabel: Fixed<string | null>
  settings: string | null
  edit: string | null
  measures: string | null
  /** A JPEG. */
  thumbnail: Uint8Array | null
  input: Uint8Array | null
}

export interface PhotoPredictionsTable {
  batchId: string
  number: number
  /** Of the run among those of the batch. */
  place: number
  runId: string
  label: number
  className: string
  verdictName: VerdictName
  verdict: string
  ranking: string
}

export interface PhotoCorrectionsTable {
  batchId: string
  number: number
  label: string
}

export interface PhotoCorrectionChangesTable {
  change: number
  batchId: string
  number: number
  before: string | null
}

export interface MarksTable {
  datasetHash: string
  split: 'train' | 'test'
  imageIndex: number
  label: number | null
  excluded: Flag
  note: string
  changedAt: string
}

export interface MarkChangesTable {
  id: Generated<number>
  datasetHash: string
  text: string
  before: string
  after: string
  undone: Generated<Flag>
  time: string
}

export interface MarkSetsTable {
  hash: string
  datasetHash: string
  content: string
  createdAt: string
}

export interface PhotoSetsTable {
  hash: Fixed<string>
  inputs: Fixed<Uint8Array>
  labels: Fixed<Uint8Array>
  createdAt: Fixed<string>
}

export interface AdaptationGainsTable {
  runId: string
  gain: string
}
