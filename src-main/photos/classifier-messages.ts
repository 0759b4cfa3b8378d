// What the application and the classifier process say to each other: which run, which input, what is wanted of it.
import { z } from 'zod'
import { experimentSchema } from '#shared/experiment.ts'
import { markSetSchema } from '#shared/marks.ts'
import { photoMeasuresSchema } from '#shared/preparation.ts'
import { checkpointSchema } from '#shared/run.ts'
import { judgementSchema, judgeThresholdsSchema } from '#shared/verdict.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** Everything that the process needs to judge with the weights of a run. */
export const judgeSourceSchema = z.object({
  runId: z.string(),
  experiment: experimentSchema,
  classNames: z.array(z.string()),
  dataset: z.object({ id: z.string(), directory: z.string().nullable(), hash: z.string() }),
  /** The marks that the experiment names; null when it uses none. */
  marks: markSetSchema.nullable(),
  datasetsFolder: z.string(),
  runFolder: z.string(),
  checkpoint: checkpointSchema,
})
export type JudgeSource = z.infer<typeof judgeSourceSchema>

export const classifierQuestionSchema = z.discriminatedUnion('type', [
  /** Loads a run, and learns from its data what is needed to judge with it, if nobody has yet. */
  z.object({ type: z.literal('open'), judge: judgeSourceSchema }),
  /** `thresholds` are null for the run's own. */
  z.object({
    type: z.literal('judge'),
    judge: judgeSourceSchema,
    input: bytes,
    measures: photoMeasuresSchema,
    thresholds: judgeThresholdsSchema.nullable(),
  }),
  z.object({ type: z.literal('explain'), judge: judgeSourceSchema, input: bytes, label: z.int() }),
  z.object({ type: z.literal('read-images'), judge: judgeSourceSchema, indices: z.array(z.int()) }),
])
export type ClassifierQuestion = z.infer<typeof classifierQuestionSchema>

export const classifierAnswerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), thresholds: judgeThresholdsSchema }),
  z.object({ type: z.literal('judged'), judgement: judgementSchema }),
  /** One value for each pixel of the input. */
  z.object({ type: z.literal('explained'), values: z.array(z.number()) }),
  /** Null where the training images are not here any more; else one after the other. */
  z.object({ type: z.literal('images-read'), pixels: bytes.nullable(), height: z.int(), width: z.int() }),
])
export type ClassifierAnswer = z.infer<typeof classifierAnswerSchema>
