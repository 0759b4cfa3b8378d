// What the application and the process that inspects a dataset say to each other.
import { z } from 'zod'
import { ENGINE_CHOICES } from '#shared/engine.ts'
import { experimentSchema } from '#shared/experiment.ts'
import { markSetSchema } from '#shared/marks.ts'
import { qualityProgressSchema } from '#shared/quality.ts'
import { checkpointSchema } from '#shared/run.ts'

/** Whose probabilities are to judge the labels. */
const judgeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('folds') }),
  z.object({
    type: z.literal('run'),
    runId: z.string(),
    name: z.string(),
    experiment: experimentSchema,
    marks: markSetSchema.nullable(),
    runFolder: z.string(),
    checkpoint: checkpointSchema,
  }),
])

export const inspectionJobSchema = z.object({
  dataset: z.object({ id: z.string(), directory: z.string().nullable(), hash: z.string() }),
  /** Where installed datasets lie. */
  datasetsFolder: z.string(),
  /** Where the report goes; what is there and fits is not computed again. */
  reportFile: z.string(),
  judge: judgeSchema,
  engine: z.enum(ENGINE_CHOICES),
  /** Computes what is known as well. */
  again: z.boolean(),
})
export type InspectionJob = z.infer<typeof inspectionJobSchema>

export const inspectionReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('inspection-progressed'), progress: qualityProgressSchema }),
  /** Sent when the report is on the disk. */
  z.object({ type: z.literal('inspected') }),
])
export type InspectionReport = z.infer<typeof inspectionReportSchema>
