// A comparison that someone keeps: which runs, against which baseline, seen how, and what was made of it.
import { z } from 'zod'

export const comparisonDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  notes: z.string().max(20_000),
  runIds: z.array(z.string().min(1).max(100)).min(1).max(10_000),
  /** One of the runs; null means the first. */
  baseline: z.string().min(1).max(100).nullable(),
  /** What else stands in the address of the page: the metric, the axis, what is shown. */
  view: z.record(z.string().max(50), z.string().max(2000)),
})
export type ComparisonDraft = z.infer<typeof comparisonDraftSchema>

export const comparisonChangesSchema = comparisonDraftSchema.partial()
export type ComparisonChanges = z.infer<typeof comparisonChangesSchema>

export const savedComparisonSchema = comparisonDraftSchema.extend({
  id: z.string(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
})
export type SavedComparison = z.infer<typeof savedComparisonSchema>
