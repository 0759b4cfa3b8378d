// What one asks of the paper's plan, and what is known of it: which rows are answered by which runs, what is missing.
// The tables are built from this by `buildTableResults`, wherever they are shown.
import { z } from 'zod'
import { paperEvidenceSchema } from './evidence.ts'
import { MOST_SEEDS, PAPER_TABLE_IDS, type PaperScope, QUICK_TRAIN_IMAGES } from './plan.ts'
import { paperTrainingSchema } from './trainings.ts'

const seedCount = z.int().min(1).max(MOST_SEEDS)

export const paperRequestSchema = z.strictObject({
  /** Id of a dataset; the paper's is fashion-mnist. */
  dataset: z.string().min(1).max(200),
  /** A folder to use in place instead, or null. */
  directory: z.string().min(1).max(4096).nullable(),
  /** Fewer training images: quick to have, and other figures than the paper's. */
  quick: z.boolean(),
  tables: z.array(z.enum(PAPER_TABLE_IDS)).min(1),
  /** Seeds for rows of three epochs and fewer. */
  seeds: seedCount,
  /** Seeds for longer rows. */
  longSeeds: seedCount,
})
export type PaperRequest = z.infer<typeof paperRequestSchema>

export const paperTimingSchema = z.object({
  rowId: z.string(),
  runId: z.string(),
  seconds: z.number(),
})
/** How long a row took with nothing else on the machine. */
export type PaperTiming = z.infer<typeof paperTimingSchema>

export const paperDatasetSchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string(),
  trainCount: z.int(),
  testCount: z.int(),
})

export const paperStateSchema = z.object({
  dataset: paperDatasetSchema,
  /** Why these figures are not to be compared with the paper's; null when they are. */
  reservation: z.string().nullable(),
  evidence: z.array(paperEvidenceSchema),
  timings: z.array(paperTimingSchema),
  missing: z.array(paperTrainingSchema),
})
export type PaperState = z.infer<typeof paperStateSchema>

export const PAPER_DATASET = 'fashion-mnist'
/** Runs that were started for the paper bear it. */
export const PAPER_TAG = 'paper'
/** Runs whose times were taken with nothing else on the machine bear it. */
export const PAPER_TIME_TAG = 'paper-time'

export function scopeOf({ dataset, quick }: Pick<PaperRequest, 'dataset' | 'quick'>): PaperScope {
  return { dataset, trainImages: quick ? QUICK_TRAIN_IMAGES : null }
}
