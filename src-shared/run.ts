// The words of the history: a run is one execution of an experiment, with its epochs and its final evaluation.
import { z } from 'zod'
import { engineDescriptionSchema, hardwareSchema } from './engine.ts'
import { experimentSchema } from './experiment.ts'
import { Failure } from './failure.ts'

export const RUN_STATUSES = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'completed',
  'cancelled',
  'failed',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** Neither waits nor trains: such a run can be handed on. */
export function isResting({ status }: { readonly status: RunStatus }): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'paused'
}

/** Loss and accuracy of one split, both as the paper averages them and exactly. */
export const splitMetricsSchema = z.object({
  /** Unweighted mean over the batches of each batch's mean loss; a short last batch weighs as much as a full one. */
  loss: z.number(),
  /** Unweighted mean over the batches of each batch's share of right answers, 0..1. */
  accuracy: z.number(),
  /** Mean over the images. */
  exactLoss: z.number(),
  /** How many of `count` images were right: the exact accuracy is correct / count. */
  correct: z.int(),
  count: z.int(),
})
export type SplitMetrics = z.infer<typeof splitMetricsSchema>

/** The share of images that were right, 0..1: what people are told, where `accuracy` is for the paper's tables. */
export function exactAccuracy({ correct, count }: Pick<SplitMetrics, 'correct' | 'count'>): number {
  return correct / count
}

export const epochMetricsSchema = z.object({
  /** 1-based. */
  epoch: z.int().min(1),
  /** Measured while the weights move, as the paper's and Keras's training figures are. */
  train: splitMetricsSchema,
  validation: splitMetricsSchema.nullable(),
  /** Present when the experiment watches the test split in every epoch. */
  test: splitMetricsSchema.nullable(),
  /** Time of training and measuring since the start of epoch 1, without pauses and without time between resumptions. */
  elapsedMs: z.number(),
  /** Training images per second in this epoch, without measuring. */
  imagesPerSecond: z.number(),
})
export type EpochMetrics = z.infer<typeof epochMetricsSchema>

export const classScoresSchema = z.object({
  /** Right among those predicted to be of the class; null where none was predicted. */
  precision: z.number().nullable(),
  /** Right among those that are of the class; null where there are none. */
  recall: z.number().nullable(),
  /** Harmonic mean of both; null where neither exists. */
  f1: z.number().nullable(),
  support: z.int(),
})
export type ClassScores = z.infer<typeof classScoresSchema>

export const evaluationSchema = z.object({
  split: z.enum(['validation', 'test']),
  metrics: splitMetricsSchema,
  /** Share of images whose class is among the five most probable. */
  top5Accuracy: z.number(),
  /** Counts [true class][predicted class]. */
  confusionMatrix: z.array(z.array(z.int())),
  /** In the order of the classes. */
  classScores: z.array(classScoresSchema),
})
export type Evaluation = z.infer<typeof evaluationSchema>

/** For every image of the split, in its order: the label predicted and the probability given to it. */
export interface SplitPredictions {
  readonly labels: Uint8Array
  readonly probabilities: Float32Array
}

export const runDatasetSchema = z.object({
  id: z.string(),
  /** For people: 'Fashion-MNIST', 'Sketches (generated)'. */
  name: z.string(),
  /** SHA-256 of the content, see datasets/dataset.ts. */
  hash: z.string(),
  /** The folder that was named instead of an installed dataset, or null. */
  directory: z.string().nullable(),
  generated: z.boolean(),
  classNames: z.array(z.string()),
})
export type RunDataset = z.infer<typeof runDatasetSchema>

export const checkpointSchema = z.object({
  epoch: z.int().min(1),
  /** File name inside the run's folder. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
})
export type CheckpointRecord = z.infer<typeof checkpointSchema>

export const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(RUN_STATUSES),
  /** Why it failed, was cancelled or interrupted; null otherwise. */
  reason: z.string().nullable(),
  experiment: experimentSchema,
  dataset: runDatasetSchema,
  /** Parameters of the network, known before training. */
  parameters: z.int(),
  /** Null until the engine has started. */
  engine: engineDescriptionSchema.nullable(),
  hardware: hardwareSchema.nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  epochs: z.array(epochMetricsSchema),
  evaluation: evaluationSchema.nullable(),
  notes: z.string(),
  tags: z.array(z.string()),
  starred: z.boolean(),
  /** Kept, and out of the way. */
  archived: z.boolean(),
  deletedAt: z.iso.datetime().nullable(),
})
export type Run = z.infer<typeof runSchema>

export const runLogLineSchema = z.object({ time: z.iso.datetime(), text: z.string() })
/** Something that happened to a run, as people read it. */
export type RunLogLine = z.infer<typeof runLogLineSchema>

/** What a user writes onto a run. */
export const runAnnotationsSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  notes: z.string().max(20_000),
  tags: z.array(z.string().trim().min(1).max(50)).max(50),
  starred: z.boolean(),
  archived: z.boolean(),
})
export type RunAnnotations = z.infer<typeof runAnnotationsSchema>

export const annotationChangesSchema = runAnnotationsSchema.partial()
export type AnnotationChanges = z.infer<typeof annotationChangesSchema>

/** What may be written onto many runs at once: their other tags stay. */
export const sharedAnnotationsSchema = runAnnotationsSchema
  .pick({ starred: true, archived: true })
  .extend({ addedTags: runAnnotationsSchema.shape.tags, removedTags: runAnnotationsSchema.shape.tags })
  .partial()
export type SharedAnnotations = z.infer<typeof sharedAnnotationsSchema>

/** @throws Failure 'invalid-setting' that names every part at fault */
export function parseRunAnnotations(input: unknown): RunAnnotations {
  return parseAnnotations(runAnnotationsSchema, input)
}

/** @throws Failure 'invalid-setting' that names every part at fault */
export function parseAnnotationChanges(input: unknown): AnnotationChanges {
  return parseAnnotations(annotationChangesSchema, input)
}

function parseAnnotations<Parsed>(schema: z.ZodType<Parsed>, input: unknown): Parsed {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`)
  throw new Failure('invalid-setting', issues.join(' '))
}
