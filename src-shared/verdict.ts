// What is said of a photo, as data that is stored and crosses the contract; core/photo/judge/decide-verdict.ts says it.
import { z } from 'zod'

/**
 * - `confident` one of the garments, and the model is sure which
 * - `unsure` one of the garments, but not sure which
 * - `not-a-garment` too far from everything the model was trained on
 * - `white-on-white` a garment as light as what lies behind it, of which the dataset has none
 */
export const VERDICTS = ['confident', 'unsure', 'not-a-garment', 'white-on-white'] as const
export type VerdictName = (typeof VERDICTS)[number]

/** Adjustable; a run's own defaults come from its validation images. */
export const judgeThresholdsSchema = z.strictObject({
  /** Below this calibrated probability an answer is 'unsure'. */
  probability: z.number().min(0).max(1),
  /** Above this strangeness it is 'not-a-garment'. */
  strangeness: z.number().min(0).max(1),
  /** Below this contrast (delta E) on a light background it is 'white-on-white'. */
  contrast: z.number().min(0).max(100),
})
export type JudgeThresholds = z.infer<typeof judgeThresholdsSchema>

/** Which images the limits of a run come from: one without validation images is judged by images that it was trained on. */
export const judgeBasisSchema = z.enum(['validation', 'training'])
export type JudgeBasis = z.infer<typeof judgeBasisSchema>

export const verdictSchema = z.object({
  name: z.enum(VERDICTS),
  /** One sentence for people, with the measure that decided. */
  reason: z.string(),
  /** Calibrated probability of the first label, 0..1. */
  probability: z.number(),
  /** Of the calibrated probabilities: 0 certain, 1 as good as guessing. */
  entropy: z.number(),
  /** 0..1: share of the images of `basis` that look less strange to the model than this photo does. */
  strangeness: z.number(),
  /** Answers that were stored before it was told have none: most runs hold images out. */
  basis: judgeBasisSchema.default('validation'),
  /** Delta E between garment and background; null where the background is not light, and for an image of a dataset. */
  contrast: z.number().nullable(),
})
export type Verdict = z.infer<typeof verdictSchema>

export const rankedLabelSchema = z.object({
  /** Class number. */
  label: z.int().min(0),
  /** Calibrated, 0..1; all classes together give 1. */
  probability: z.number(),
})
export type RankedLabel = z.infer<typeof rankedLabelSchema>

export const neighbourSchema = z.object({
  /** Number of the image in the dataset's training images. */
  index: z.int().min(0),
  label: z.int().min(0),
  /** Between small pictures of both, see core/photo/judge/look.ts; smaller is more alike. */
  distance: z.number(),
})
export type Neighbour = z.infer<typeof neighbourSchema>

export const judgementSchema = z.object({
  /** All classes, most probable first. */
  ranking: z.array(rankedLabelSchema),
  verdict: verdictSchema,
  /** Training images that look most alike to the model, nearest first. */
  neighbours: z.array(neighbourSchema),
})
export type Judgement = z.infer<typeof judgementSchema>
