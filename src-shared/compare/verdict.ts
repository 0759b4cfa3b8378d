// A verdict says of a run, against a baseline, one of two things that are never mixed up: whether these two saved
// models differ on the same test images, and whether their settings differ over seeds. Where it cannot be said, why.
import { z } from 'zod'

/** 'none' means that no difference is shown, which is not that there is none. */
export const OUTCOMES = ['better', 'worse', 'none'] as const
export type Outcome = (typeof OUTCOMES)[number]

const difference = z.object({
  outcome: z.enum(OUTCOMES),
  /** Accuracy minus the baseline's, -1..1. */
  difference: z.number(),
  /** Ends of its 95 % interval, not corrected for many comparisons. */
  low: z.number(),
  high: z.number(),
  /** Two-sided. */
  p: z.number(),
  /** By Holm, for all verdicts of this kind in the comparison; the outcome follows from it. */
  correctedP: z.number(),
  /** Whether another engine computed one of the two. */
  isOtherEngine: z.boolean(),
})

/** Why two models are not paired image by image. */
export const MODEL_REFUSALS = ['other-data', 'other-images', 'not-evaluated', 'no-answers'] as const
export type ModelRefusal = (typeof MODEL_REFUSALS)[number]

export const modelVerdictSchema = z.discriminatedUnion('state', [
  difference.extend({
    state: z.literal('judged'),
    /** Test images, and how many only this model or only the baseline has right. */
    images: z.int(),
    thisOnly: z.int(),
    baselineOnly: z.int(),
    /** Exact McNemar with half the weight on what was seen: for information, no outcome follows from it. */
    midP: z.number(),
  }),
  z.object({ state: z.literal('refused'), reason: z.enum(MODEL_REFUSALS) }),
])
export type ModelVerdict = z.infer<typeof modelVerdictSchema>

/** Why two settings are not compared over seeds. */
export const SETTING_REFUSALS = [
  'same-setting',
  'other-data',
  'other-images',
  'not-evaluated',
  'single-seed',
  'no-spread',
] as const
export type SettingRefusal = (typeof SETTING_REFUSALS)[number]

export const settingVerdictSchema = z.discriminatedUnion('state', [
  difference.extend({
    state: z.literal('judged'),
    /** Of the same seeds in pairs, or of all seeds by Welch where fewer than two are shared. */
    method: z.enum(['paired', 'welch']),
    /** Seeds of this setting that count, and of the baseline's. */
    seeds: z.tuple([z.int(), z.int()]),
  }),
  z.object({
    state: z.literal('refused'),
    reason: z.enum(SETTING_REFUSALS),
    seeds: z.tuple([z.int(), z.int()]),
  }),
])
export type SettingVerdict = z.infer<typeof settingVerdictSchema>

export const verdictsSchema = z.object({
  baseline: z.string(),
  /** For each run but the baseline. */
  models: z.array(z.object({ runId: z.string(), verdict: modelVerdictSchema })),
  /** For each setting, with its runs; the baseline's own comes first and is refused as the same. */
  settings: z.array(z.object({ runIds: z.array(z.string()), verdict: settingVerdictSchema })),
  /** How many verdicts of each kind were corrected together. */
  modelCount: z.int(),
  settingCount: z.int(),
  noiseFloor: z
    .object({
      images: z.int(),
      /** Of how many images one model is right and the other wrong: the median of the pairs. */
      disagreements: z.int(),
      /** Smallest difference in accuracy that shows; null where none can. */
      difference: z.number().nullable(),
      /** Where no two models could be paired: as if their mistakes fell by chance alone. */
      isAssumed: z.boolean(),
    })
    .nullable(),
})
export type Verdicts = z.infer<typeof verdictsSchema>
