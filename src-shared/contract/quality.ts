// Calls about what was found in the images of a dataset. It is computed in a process of its own, and kept.
import { z } from 'zod'
import {
  duplicateGroupSchema,
  labelFindingSchema,
  outlierFindingSchema,
  poorFindingSchema,
  qualityStateSchema,
} from '../quality.ts'
import { imageSourceSchema } from './images.ts'
import { call, id, nothing } from './parts.ts'

/** Null judges the labels out of fold; otherwise a run does, as far as it can. */
const runId = id.nullable()

export const qualityFindingsSchema = z.object({
  duplicates: z.array(duplicateGroupSchema),
  labels: z.array(labelFindingSchema),
  outliers: z.array(outlierFindingSchema),
  poor: z.array(poorFindingSchema),
})
export type QualityFindings = z.infer<typeof qualityFindingsSchema>

export const quality = {
  read: call.input(imageSourceSchema).output(qualityStateSchema),
  /** Every kept finding, the most severe of each kind first. Fails with 'not-found' where nothing was computed. */
  readFindings: call.input(imageSourceSchema).output(qualityFindingsSchema),
  /** Starts the work, or waits with it while a run trains; its progress is announced. */
  compute: call.input(imageSourceSchema.extend({ runId, again: z.boolean() })).output(qualityStateSchema),
  cancel: call.input(imageSourceSchema).output(nothing),
}
