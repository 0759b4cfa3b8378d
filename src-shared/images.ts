// The words for looking at images: one number for every image of a dataset, what they can be filtered by, and the order
// they can be put in. Training images come first: image `trainCount + 5` is the sixth test image.
import { z } from 'zod'

export const IMAGE_SPLITS = ['train', 'test'] as const
export type ImageSplit = (typeof IMAGE_SPLITS)[number]

/** More than any dataset may have. */
const MAX_IMAGE = 20_000_000
const MAX_LISTED = 100_000

export const imageNumberSchema = z.int().min(0).max(MAX_IMAGE)
const runId = z.string().min(1).max(100)
const classNumber = z.int().min(0).max(255)
const probability = z.number().min(0).max(1)

/** What a run answered; images that it did not predict never pass. */
export const predictionFilterSchema = z.strictObject({
  runId,
  /** The classes it answered; none means any. */
  classes: z.array(classNumber).max(256).default([]),
  outcome: z.enum(['right', 'wrong']).nullable().default(null),
  /** Probability of its answer, both ends included. */
  confidence: z.tuple([probability, probability]).default([0, 1]),
  /** Only where this other run answered another class. */
  differsFrom: runId.nullable().default(null),
})
export type PredictionFilter = z.infer<typeof predictionFilterSchema>

/** All of it must hold; an empty list holds for every image. */
export const imageFilterSchema = z.strictObject({
  splits: z.array(z.enum(IMAGE_SPLITS)).max(2).default([]),
  /** The classes that the data names. */
  classes: z.array(classNumber).max(256).default([]),
  /** Names of flags, of which an image has one or more. */
  flags: z.array(z.string().min(1).max(100)).max(100).default([]),
  /** Exactly these images, such as a group of duplicates; null means any. */
  images: z.array(imageNumberSchema).max(MAX_LISTED).nullable().default(null),
  prediction: predictionFilterSchema.nullable().default(null),
})
export type ImageFilter = z.infer<typeof imageFilterSchema>

export const EVERY_IMAGE: ImageFilter = { splits: [], classes: [], flags: [], images: null, prediction: null }

/**
 * - `confidence` of the filter's run in its answer, `answer` the class it answered
 * - `mistake` 1 - confidence where the run is right, the confidence where it is wrong: confident mistakes come last,
 *   or first when descending
 * - `flag` the first flag of an image, in the order in which flags are counted; images without one follow
 * - `likeness` the distance to one image, which comes first
 */
export const IMAGE_ORDERS = [
  'index',
  'class',
  'brightness',
  'confidence',
  'answer',
  'mistake',
  'flag',
  'likeness',
] as const
export type ImageOrderName = (typeof IMAGE_ORDERS)[number]

/** Ties, and images without the value, follow by their number. */
export const imageOrderSchema = z.strictObject({
  by: z.enum(IMAGE_ORDERS).default('index'),
  descending: z.boolean().default(false),
  /** The image that others are likened to; must be given for `likeness`. */
  image: imageNumberSchema.nullable().default(null),
  /** The run that `confidence`, `answer` and `mistake` are of; null takes the filter's. */
  runId: runId.nullable().default(null),
})
export type ImageOrder = z.infer<typeof imageOrderSchema>

export const BY_INDEX: ImageOrder = { by: 'index', descending: false, image: null, runId: null }

/** The image's split and its number there. */
export function placeInSplit(image: number, trainCount: number): { split: ImageSplit; index: number } {
  return image < trainCount ? { split: 'train', index: image } : { split: 'test', index: image - trainCount }
}

export function imageOfSplit(split: ImageSplit, index: number, trainCount: number): number {
  return split === 'train' ? index : trainCount + index
}
