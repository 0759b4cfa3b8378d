// What a trainer process and the window that computes for it say to each other. Both ends parse what arrives. The window
// gets data and gives numbers: it knows no file and no path.
import { z } from 'zod'
import { engineDescriptionSchema } from './engine.ts'
import { experimentSchema } from './experiment.ts'
import { epochMetricsSchema, evaluationSchema } from './run.ts'
import { answerSchema, questionSchema } from './training-questions.ts'

/** With it, and one port, a window is set to work. */
export const WINDOW_GREETING = 'atelier-trainer-port'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const words = z.custom<Uint32Array>((value) => value instanceof Uint32Array)
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array)
const count = z.int().min(0)

const selectionSchema = z.object({
  source: z.object({ count, pixels: bytes, labels: bytes }),
  indices: words,
  photos: count.exactOptional(),
})

const namedValues = z.array(z.object({ name: z.string(), shape: z.array(count), values: floats }))

const trainingStateSchema = z.object({
  epoch: count,
  step: count,
  random: z.object({ words, position: count }),
  parameters: namedValues,
  slots: namedValues,
})

export const windowTaskSchema = z.object({
  experiment: experimentSchema,
  /** Of the network. */
  task: z.object({ height: count, width: count, channels: count, classes: count }),
  train: selectionSchema,
  validation: selectionSchema.nullable(),
  test: selectionSchema,
  classNames: z.array(z.string()),
  /** Weights to begin with instead of those of the seed. */
  startFrom: namedValues.nullable(),
  resumeFrom: trainingStateSchema.nullable(),
  /** Time that the finished epochs took. */
  elapsedMs: z.number().min(0),
})
export type WindowTask = z.infer<typeof windowTaskSchema>

export const windowCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start-engine') }),
  z.object({ type: z.literal('train'), task: windowTaskSchema }),
  ...questionSchema.options,
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('cancel') }),
])
export type WindowCommand = z.infer<typeof windowCommandSchema>

const progressSchema = z.object({
  epoch: count,
  batch: count,
  batches: count,
  batchLoss: z.number(),
  loss: z.number(),
  accuracy: z.number(),
  imagesPerSecond: z.number(),
  remainingMs: z.number().nullable(),
})

const trainingEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('batch-completed'), progress: progressSchema }),
  z.object({
    type: z.literal('epoch-completed'),
    metrics: epochMetricsSchema,
    state: trainingStateSchema,
  }),
  z.object({
    type: z.literal('completed'),
    evaluation: evaluationSchema,
    predictions: z.object({ labels: bytes, probabilities: floats }),
  }),
])

export const windowReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), engine: engineDescriptionSchema }),
  /** What the loop has said since the last report, in its order. */
  z.object({ type: z.literal('happened'), events: z.array(trainingEventSchema) }),
  z.object({ type: z.literal('paused') }),
  z.object({ type: z.literal('resumed') }),
  z.object({ type: z.literal('finished') }),
  ...answerSchema.options,
])
export type WindowReport = z.infer<typeof windowReportSchema>
