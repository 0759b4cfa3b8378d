// How a photo becomes the input of a network, as settings and edits that are stored and cross the contract. The work
// itself is core/photo/prepare-photo.ts.
import { z } from 'zod'

/** Goes up when the same photo and settings would give other bytes; recorded wherever inputs are. */
export const PREPARATION_VERSION = 2

/** Longest side of a photo as it is handed over, in pixels: whoever decodes shrinks to it, with a good filter. */
export const MAX_PHOTO_SIDE = 640

/**
 * - `automatic` the garment is separated from whatever lies behind it, unless the background is plain
 * - `corners` as the dataset was made: what is close to the colour of the corners is background
 * - `none` the whole photo is the garment
 */
export const CUT_OUTS = ['automatic', 'corners', 'none'] as const
export const INVERSIONS = ['automatic', 'always', 'never'] as const

export const preparationSettingsSchema = z.strictObject({
  cutOut: z.enum(CUT_OUTS).default('automatic'),
  /** How far from the background's colour a pixel must be to count, as a share of the possible range. */
  trimTolerance: z.number().min(0).max(0.5).default(0.05),
  /** Whether dark becomes light: `automatic` does so where the garment is darker than what lies behind it. */
  invert: z.enum(INVERSIONS).default('automatic'),
  /** Empty pixels on each side of the longest edge of the 28. */
  padding: z.int().min(0).max(8).default(0),
  /** Strength of the Gaussian sharpening after the last shrinking; 0 leaves it out. */
  sharpen: z.number().min(0).max(2).default(0.5),
})
export type PreparationSettings = z.infer<typeof preparationSettingsSchema>

export const DEFAULT_PREPARATION: PreparationSettings = preparationSettingsSchema.parse({})

const share = z.number().min(0).max(1)

/** A point of the upright photo: 0, 0 is its upper left corner, 1, 1 its lower right one. */
export const photoPointSchema = z.tuple([share, share])
export type PhotoPoint = z.infer<typeof photoPointSchema>

export const cutOutStrokeSchema = z.strictObject({
  kind: z.enum(['garment', 'background']),
  /** Half the width of the brush, as a share of the photo's longest side. */
  radius: z.number().min(0.001).max(0.5),
  points: z.array(photoPointSchema).min(1).max(2000),
})
export type CutOutStroke = z.infer<typeof cutOutStrokeSchema>

/** What a user says of a photo whose cut-out went wrong. Outside of the box is background; strokes are certain. */
export const cutOutEditSchema = z.strictObject({
  box: z.strictObject({ left: share, top: share, right: share, bottom: share }).optional(),
  strokes: z.array(cutOutStrokeSchema).max(200).optional(),
})
export type CutOutEdit = z.infer<typeof cutOutEditSchema>

export const STEP_NAMES = [
  'photo',
  'cut-out',
  'trimmed',
  'grey',
  'tones',
  'resized',
  'sharpened',
  'centred',
] as const
export type StepName = (typeof STEP_NAMES)[number]

/** Where the background was found. */
export const BACKGROUND_SOURCES = ['transparency', 'border', 'corners', 'edit', 'none'] as const

/** What was measured on the way; the verdict rests on some of it. */
export const photoMeasuresSchema = z.object({
  source: z.enum(BACKGROUND_SOURCES),
  /** Lightness of the background, 0 black to 1 white. */
  backgroundTone: z.number(),
  /** How much the border varies: standard deviation in CIE Lab (a uniform background has less than 4). */
  backgroundSpread: z.number(),
  /** Lightness of the garment, 0 black to 1 white. */
  garmentTone: z.number(),
  /** Distance between garment and background in CIE Lab (delta E 1976); a visible difference is about 2.3. */
  contrast: z.number(),
  /** Share of the photo that is garment. */
  coverage: z.number(),
  /** Share of the photo's border that is garment: a garment that is cut off, or a cut-out that failed. */
  touchesBorder: z.number(),
  /** 0..1: how clearly garment and background differ along the outline. */
  cutOutQuality: z.number(),
  /** Whether dark became light. */
  inverted: z.boolean(),
})
export type PhotoMeasures = z.infer<typeof photoMeasuresSchema>
