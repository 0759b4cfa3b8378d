// What one asks of the whole history, and what a line of the answer holds: enough for a table of thousands of runs,
// without their epochs. Used by the store, the terminal and the page alike.
import { z } from 'zod'
import { ENGINE_NAMES } from './engine.ts'
import { LOSS_NAMES, MODEL_NAMES, OPTIMIZER_NAMES } from './experiment.ts'
import { RUN_STATUSES, epochMetricsSchema, evaluationSchema, runDatasetSchema, runSchema } from './run.ts'

export const runSummarySchema = runSchema
  .omit({ dataset: true, engine: true, hardware: true, epochs: true, evaluation: true })
  .extend({
    dataset: runDatasetSchema.omit({ classNames: true }),
    engine: z.enum(ENGINE_NAMES).nullable(),
    /** The last epoch that is finished; its number says how many there are. */
    lastEpoch: epochMetricsSchema.nullable(),
    evaluation: evaluationSchema.pick({ split: true, metrics: true, top5Accuracy: true }).nullable(),
  })
export type RunSummary = z.infer<typeof runSummarySchema>

/** Every condition that is given must hold. */
export const runFilterSchema = z.strictObject({
  status: z.array(z.enum(RUN_STATUSES)).optional(),
  dataset: z.string().optional(),
  model: z.enum(MODEL_NAMES).optional(),
  loss: z.enum(LOSS_NAMES).optional(),
  optimizer: z.enum(OPTIMIZER_NAMES).optional(),
  learningRate: z.number().optional(),
  batchSize: z.int().optional(),
  epochs: z.int().optional(),
  trainImages: z.int().optional(),
  seed: z.int().optional(),
  engine: z.enum(ENGINE_NAMES).optional(),
  starred: z.boolean().optional(),
  archived: z.boolean().optional(),
  tag: z.string().optional(),
  /** Stands somewhere in the id, the name or the notes; upper and lower case are the same. */
  text: z.string().optional(),
  /** Left out means 'excluded'. */
  deleted: z.enum(['excluded', 'included', 'only']).optional(),
})
export type RunFilter = z.infer<typeof runFilterSchema>

/**
 * The metrics are those of the last epoch, accuracies as shares of images; those of the test images, and those that begin with
 * 'evaluation', are of the final evaluation where there is one.
 */
export const RUN_SORT_KEYS = [
  'name',
  'status',
  'dataset',
  'model',
  'loss',
  'optimizer',
  'learningRate',
  'batchSize',
  'epochs',
  'trainImages',
  'seed',
  'engine',
  'parameters',
  'starred',
  'createdAt',
  'startedAt',
  'finishedAt',
  'lastEpoch',
  'elapsedMs',
  'imagesPerSecond',
  'trainLoss',
  'trainAccuracy',
  'validationLoss',
  'validationAccuracy',
  'testLoss',
  'testAccuracy',
  'evaluationLoss',
  'evaluationAccuracy',
] as const
export type RunSortKey = (typeof RUN_SORT_KEYS)[number]

export const runSortSchema = z.strictObject({
  by: z.enum(RUN_SORT_KEYS),
  /** Runs without a value come last in both orders. */
  order: z.enum(['ascending', 'descending']),
})
export type RunSort = z.infer<typeof runSortSchema>

export const runQuerySchema = z.strictObject({
  filter: runFilterSchema.optional(),
  /** The first decides, the next where it does not; what is then still equal is newest first. */
  sort: z.array(runSortSchema).optional(),
  limit: z.int().min(1).optional(),
})
export type RunQuery = z.infer<typeof runQuerySchema>

/** A run whose record cannot be read does not hide the others. */
export const runListSchema = z.object({
  runs: z.array(runSummarySchema),
  unreadable: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type RunList = z.infer<typeof runListSchema>
