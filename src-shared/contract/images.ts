// Calls about the images of a dataset. Pixels, lists and columns travel as bytes, not as JSON: 256 thumbnails are one
// answer of 200 kB, the numbers of 70,000 images one of 280 kB. Multi-byte numbers are little-endian.
import { z } from 'zod'
import { imageFilterSchema, imageNumberSchema, imageOrderSchema } from '../images.ts'
import { call, id, path } from './parts.ts'

/** A dataset of the library, or a folder that is used in place. */
export const imageSourceSchema = z.strictObject({ datasetId: id, directory: path.nullable() })
export type ImageSource = z.infer<typeof imageSourceSchema>

/** How many images one sheet may hold. */
export const MAX_SHEET = 1024
/** How many neighbours one call may ask for. */
export const MAX_NEIGHBOURS = 100

export const imageFormatSchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string(),
  generated: z.boolean(),
  classNames: z.array(z.string()),
  height: z.int(),
  width: z.int(),
  /** 1 for grey, 3 for red, green and blue. */
  channels: z.int(),
  trainCount: z.int(),
  testCount: z.int(),
})
export type ImageFormat = z.infer<typeof imageFormatSchema>

const count = z.int().min(0)

/** How many images each value of a filter has among those that pass the rest of the filter. */
export const imageFacetsSchema = z.object({
  /** Images that pass the whole filter. */
  count,
  splits: z.object({ train: count, test: count }),
  /** By class number. */
  classes: z.array(count),
  flags: z.array(z.object({ name: z.string(), label: z.string(), count })),
  /** Of the filter's run; null where it names none. `answers` are by class number. */
  prediction: z.object({ right: count, wrong: count, answers: z.array(count) }).nullable(),
})
export type ImageFacets = z.infer<typeof imageFacetsSchema>

export const imageStatisticsSchema = z.object({
  /** Counts [class] of each split. */
  train: z.array(count),
  test: z.array(count),
  /** How many images have a mean brightness in each of equal steps from 0 to 1, by class. */
  brightness: z.array(z.array(count)),
})
export type ImageStatistics = z.infer<typeof imageStatisticsSchema>

const neighbours = z.array(
  z.object({
    image: imageNumberSchema,
    /** Root of the mean squared difference of pixels, 0 for equal images, 1 for black and white. */
    distance: z.number(),
  }),
)
export const imageNeighboursSchema = z.object({ train: neighbours, test: neighbours })
export type ImageNeighbours = z.infer<typeof imageNeighboursSchema>

const bytes = z.instanceof(Blob)

export const images = {
  describe: call.input(imageSourceSchema).output(imageFormatSchema),
  /** Pixels of the images in the order asked for: `height * width * channels` bytes each, row after row. */
  readSheet: call
    .input(imageSourceSchema.extend({ images: z.array(imageNumberSchema).min(1).max(MAX_SHEET) }))
    .output(bytes),
  /** One byte for every image: the class that the data names. */
  readLabels: call.input(imageSourceSchema).output(bytes),
  /**
   * What a run answered: a float32 for every image, the probability of the answer or NaN where there is none, then a
   * byte for every image, the class answered.
   */
  readPredictions: call.input(imageSourceSchema.extend({ runId: id })).output(bytes),
  /** A uint32 for every image that passes, in the order asked for. */
  select: call
    .input(imageSourceSchema.extend({ filter: imageFilterSchema, order: imageOrderSchema }))
    .output(bytes),
  countFacets: call.input(imageSourceSchema.extend({ filter: imageFilterSchema })).output(imageFacetsSchema),
  readStatistics: call.input(imageSourceSchema).output(imageStatisticsSchema),
  /** For each class its mean image, then its spread (standard deviation), as bytes like a sheet's. */
  readClassImages: call.input(imageSourceSchema).output(bytes),
  /** The nearest images of each split by their pixels, nearest first, without the image itself. */
  findNeighbours: call
    .input(imageSourceSchema.extend({ image: imageNumberSchema, count: z.int().min(1).max(MAX_NEIGHBOURS) }))
    .output(imageNeighboursSchema),
}
