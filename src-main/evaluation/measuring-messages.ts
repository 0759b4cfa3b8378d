// What the application and the process that measures a run's confidence say to each other.
import { z } from 'zod'
import { ENGINE_CHOICES } from '#shared/engine.ts'
import { measuringProgressSchema } from '#shared/evaluation.ts'
import { judgeSourceSchema } from '../photos/classifier-messages.ts'

export const measuringJobSchema = judgeSourceSchema.extend({
  /** Where the answers go. */
  file: z.string(),
  engine: z.enum(ENGINE_CHOICES),
})
export type MeasuringJob = z.infer<typeof measuringJobSchema>

export const measuringReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('measuring-progressed'), progress: measuringProgressSchema }),
  /** Sent when the answers are on the disk. */
  z.object({ type: z.literal('confidence-measured') }),
])
export type MeasuringReport = z.infer<typeof measuringReportSchema>
