// What each sort key of a run list is in SQL. In the list's query `epochs` is the last epoch of the run.
import { type RawBuilder, sql } from 'kysely'
import type { RunSortKey } from '#shared/run-list.ts'

/** The share of images that were right, as tables show it. */
const shareOf = (prefix: string): RawBuilder<number | null> =>
  sql`${sql.ref(`${prefix}Correct`)} * 1.0 / ${sql.ref(`${prefix}Count`)}`
const evaluated = sql<number | null>`evaluations.correct * 1.0 / evaluations.count`

export const SORT_COLUMNS = {
  name: 'runs.name',
  status: 'runs.status',
  dataset: 'runs.datasetName',
  model: 'runs.model',
  loss: 'runs.loss',
  optimizer: 'runs.optimizer',
  learningRate: 'runs.learningRate',
  batchSize: 'runs.batchSize',
  epochs: 'runs.epochs',
  trainImages: 'runs.trainImages',
  seed: 'runs.seed',
  engine: 'runs.engineName',
  parameters: 'runs.parameters',
  starred: 'runs.starred',
  createdAt: 'runs.createdAt',
  startedAt: 'runs.startedAt',
  finishedAt: 'runs.finishedAt',
  lastEpoch: 'epochs.epoch',
  elapsedMs: 'epochs.elapsedMs',
  imagesPerSecond: 'epochs.imagesPerSecond',
  trainLoss: 'epochs.trainLoss',
  trainAccuracy: shareOf('epochs.train'),
  validationLoss: 'epochs.validationLoss',
  validationAccuracy: shareOf('epochs.validation'),
  // Most runs see the test images once, at the end.
  testLoss: sql<number | null>`coalesce(evaluations.loss, epochs.testLoss)`,
  testAccuracy: sql<number | null>`coalesce(${evaluated}, ${shareOf('epochs.test')})`,
  evaluationLoss: 'evaluations.loss',
  evaluationAccuracy: evaluated,
} as const satisfies Record<RunSortKey, string | RawBuilder<number | null>>
