// Calls about runs side by side: what they hold, what may be claimed of them, where they answer differently, and
// comparisons that are kept.
import { z } from 'zod'
import { verdictsSchema } from '../compare/verdict.ts'
import { runSchema } from '../run.ts'
import { comparisonChangesSchema, comparisonDraftSchema, savedComparisonSchema } from '../saved-comparison.ts'
import { call, id, nothing } from './parts.ts'

/** More columns than anyone reads; the address of the page would be too long before. */
export const MOST_COMPARED = 1000

const runIds = z.array(id).min(1).max(MOST_COMPARED)

export const comparedRunSchema = runSchema.extend({
  /** Epochs that are finished; `epochs` may hold fewer of them, see `thinEpochs`. */
  epochCount: z.int(),
  /** Multiplications with additions for one image forward; null where the dataset is not here to tell its size. */
  multiplyAdds: z.int().nullable(),
})
export type ComparedRun = z.infer<typeof comparedRunSchema>

export const comparedRunsSchema = z.object({
  /** In the order asked for. */
  runs: z.array(comparedRunSchema),
  /** Runs that are not there, or whose record cannot be read, and why. */
  missing: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type ComparedRuns = z.infer<typeof comparedRunsSchema>

const count = z.int().min(0)
export const agreementSchema = z.object({
  images: count,
  bothRight: count,
  bothWrong: count,
  firstOnly: count,
  secondOnly: count,
})

/** An image that one of two models has right and the other wrong. */
export const flipSchema = z.object({
  /** Number in the test split, from 0. */
  image: z.int(),
  truth: z.int(),
  firstAnswer: z.int(),
  secondAnswer: z.int(),
  /** Of the answers, 0..1. */
  firstProbability: z.number(),
  secondProbability: z.number(),
})
export type Flip = z.infer<typeof flipSchema>

export const contrastSchema = z.object({
  all: agreementSchema,
  /** By true class, in the order of the classes. */
  classes: z.array(agreementSchema),
  flips: z.array(flipSchema),
})
export type Contrast = z.infer<typeof contrastSchema>

export const comparisons = {
  read: call.input(z.strictObject({ runIds })).output(comparedRunsSchema),
  /** Verdicts on all runs against the baseline, which must be one of them. Runs that are missing are left out. */
  judge: call.input(z.strictObject({ runIds, baseline: id })).output(verdictsSchema),
  /** Where two models answer the same test images differently; refused where their images cannot be paired. */
  contrast: call.input(z.strictObject({ first: id, second: id })).output(contrastSchema),
  /** Those that are kept, newest first. */
  list: call.input(nothing).output(z.array(savedComparisonSchema)),
  save: call.input(comparisonDraftSchema).output(savedComparisonSchema),
  change: call
    .input(z.strictObject({ comparisonId: id, changes: comparisonChangesSchema }))
    .output(savedComparisonSchema),
  delete: call.input(z.strictObject({ comparisonId: id })).output(nothing),
  restore: call.input(z.strictObject({ comparisonId: id })).output(savedComparisonSchema),
}
