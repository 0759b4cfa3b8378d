// The words of an evaluation beyond its figures: how reliable the confidence of a run is, and the temperature that mends
// it. Both are measured from the run's weights, once, and kept beside them.
import { z } from 'zod'

const share = z.number().min(0).max(1)
const count = z.int().min(0)

const reliabilitySchema = z.object({
  bins: z.array(z.object({ low: share, high: share, count, confidence: share, accuracy: share })),
  /** Expected calibration error, 0..1. */
  expected: share,
  /** Mean negative log likelihood of the true classes, in nats. */
  surprise: z.number(),
})

const measuredSplitSchema = z.object({
  count,
  correct: count,
  /** As the network gives its probabilities, and with its logits divided by the temperature. */
  given: reliabilitySchema,
  scaled: reliabilitySchema,
})
export type MeasuredSplit = z.infer<typeof measuredSplitSchema>

export const confidenceReportSchema = z.object({
  measuredAt: z.iso.datetime(),
  /** The engine that computed it. */
  engine: z.string(),
  /** What logits are divided by: fitted on the validation images alone. */
  temperature: z.number(),
  /** Whether it stands at an end of what was searched, so that no temperature fits. */
  isAtLimit: z.boolean(),
  validation: measuredSplitSchema.extend({
    /** Counts [true class][predicted class]. */
    confusionMatrix: z.array(z.array(count)),
  }),
  test: measuredSplitSchema,
})
export type ConfidenceReport = z.infer<typeof confidenceReportSchema>

export const MEASURING_STAGES = ['loading', 'validation', 'test', 'fitting'] as const
export type MeasuringStage = (typeof MEASURING_STAGES)[number]

export const measuringProgressSchema = z.object({
  stage: z.enum(MEASURING_STAGES),
  /** Of the stage, 0..1. */
  share,
})
export type MeasuringProgress = z.infer<typeof measuringProgressSchema>

export const evaluationStateSchema = z.object({
  /** Null where nothing goes on; its progress is null while it waits for a run that trains. */
  work: z.object({ progress: measuringProgressSchema.nullable() }).nullable(),
  /** Why the last attempt failed, or null. */
  failure: z.string().nullable(),
  /** Null where it was not measured yet with the weights that the run has now. */
  report: confidenceReportSchema.nullable(),
  /** Why it cannot be measured, or null. */
  obstacle: z.string().nullable(),
})
export type EvaluationState = z.infer<typeof evaluationStateSchema>

/** Losses whose outputs are no logits of probabilities: their softmax says which class stands first, not how surely. */
export const LOSSES_WITHOUT_PROBABILITIES: readonly string[] = ['multi-margin', 'nll-on-logits']
