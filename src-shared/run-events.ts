// What the application announces of its runs. An event says what is already stored; none asks for anything.
import { z } from 'zod'
import { epochMetricsSchema, runSchema } from './run.ts'

/** The loss of one batch, numbered from 1 in each epoch. */
export const batchLossSchema = z.object({ epoch: z.int(), batch: z.int(), loss: z.number() })
export type BatchLoss = z.infer<typeof batchLossSchema>

/** Where a training is, a few times a second. It is not stored. */
export const trainingProgressSchema = z.object({
  epoch: z.int(),
  batch: z.int(),
  batches: z.int(),
  /** Mean over the batches of the epoch so far. */
  loss: z.number(),
  /** Share of right answers among the images of the epoch so far. */
  accuracy: z.number(),
  imagesPerSecond: z.number(),
  /** To the end of the last epoch, without measuring; null before it can be judged. */
  remainingMs: z.number().nullable(),
  /** Loss of single batches since the last message, thinned: for the curve. */
  batchLosses: z.array(batchLossSchema),
  /** Resident memory of the trainer process. */
  memoryBytes: z.int(),
})
export type TrainingProgress = z.infer<typeof trainingProgressSchema>

export const runEventSchema = z.discriminatedUnion('type', [
  /** A run was made, or anything of it but its epochs changed. */
  z.object({ type: z.literal('run-changed'), run: runSchema }),
  z.object({ type: z.literal('epoch-completed'), runId: z.string(), metrics: epochMetricsSchema }),
  z.object({ type: z.literal('training-progressed'), runId: z.string(), progress: trainingProgressSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>
