// What the application and its trainer process say to each other. Both ends parse what arrives.
import { z } from 'zod'
import { adaptationGainSchema } from '#shared/adaptation.ts'
import { ENGINE_CHOICES, engineDescriptionSchema, hardwareSchema, threadsSchema } from '#shared/engine.ts'
import { AUGMENTATION_NAMES, experimentSchema } from '#shared/experiment.ts'
import { FAILURE_CODES } from '#shared/failure.ts'
import { markSetSchema } from '#shared/marks.ts'
import { trainingProgressSchema } from '#shared/run-events.ts'
import { checkpointSchema, epochMetricsSchema, evaluationSchema } from '#shared/run.ts'
import { questionSchema } from '#shared/training-questions.ts'
import { measuringJobSchema } from '../evaluation/measuring-messages.ts'
import { inspectionJobSchema } from '../quality/inspection-messages.ts'

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** What an adaptation needs beside the data. */
const adaptationJobSchema = z.object({
  photos: z.object({ inputs: bytesSchema, labels: bytesSchema }),
  /** Null once the run has a checkpoint of its own. */
  parent: z
    .object({
      /** Of its checkpoints. */
      folder: z.string(),
      checkpoint: checkpointSchema,
      augmentation: z.enum(AUGMENTATION_NAMES),
    })
    .nullable(),
  /** Whether it is known what is gained. */
  isMeasured: z.boolean(),
})
export type AdaptationJob = z.infer<typeof adaptationJobSchema>

/** Everything that a trainer process needs to know of its one run. */
export const trainingJobSchema = z.object({
  experiment: experimentSchema,
  dataset: z.object({
    id: z.string(),
    /** A folder that is used in place, or null for a dataset of the library. */
    directory: z.string().nullable(),
    /** The data must still be what the run was started with. */
    hash: z.string(),
  }),
  /** Where installed datasets lie. */
  datasetsFolder: z.string(),
  /** Where the run's checkpoints go; made if it is not there. */
  runFolder: z.string(),
  engine: z.enum(ENGINE_CHOICES),
  threads: threadsSchema,
  /** Newest first, each with the time that the epochs up to it took; empty for a start from the beginning. */
  resumeFrom: z.array(z.object({ checkpoint: checkpointSchema, elapsedMs: z.number().min(0) })),
  /** The marks that the experiment names; null when it uses none. */
  marks: markSetSchema.nullable(),
  /** Null for a run that starts from its seed. */
  adaptation: adaptationJobSchema.nullable(),
})
export type TrainingJob = z.infer<typeof trainingJobSchema>

export const trainerCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), job: trainingJobSchema }),
  ...questionSchema.options,
  z.object({ type: z.literal('inspect'), job: inspectionJobSchema }),
  z.object({ type: z.literal('measure-confidence'), job: measuringJobSchema }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('cancel') }),
])
export type TrainerCommand = z.infer<typeof trainerCommandSchema>

const predictionsSchema = z.object({
  labels: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  probabilities: z.custom<Float32Array>((value) => value instanceof Float32Array),
})

export const trainerReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), engine: engineDescriptionSchema, hardware: hardwareSchema }),
  /** The newest checkpoint is damaged: the epochs after this one are trained again. */
  z.object({ type: z.literal('fell-back'), epoch: z.int().min(1), reason: z.string() }),
  /** Of an adaptation, before its training. */
  z.object({ type: z.literal('gain-measured'), gain: adaptationGainSchema }),
  z.object({ type: z.literal('progressed'), progress: trainingProgressSchema }),
  z.object({ type: z.literal('paused') }),
  z.object({ type: z.literal('resumed') }),
  /** Sent when the checkpoint is on the disk. */
  z.object({
    type: z.literal('epoch-completed'),
    metrics: epochMetricsSchema,
    checkpoint: checkpointSchema,
  }),
  z.object({ type: z.literal('completed'), evaluation: evaluationSchema, predictions: predictionsSchema }),
  z.object({
    type: z.literal('failed'),
    failure: z.object({ code: z.enum(FAILURE_CODES), message: z.string() }),
  }),
])
export type TrainerReport = z.infer<typeof trainerReportSchema>
