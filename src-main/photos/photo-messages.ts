// What the application and a decoder process say to each other: a file to open and what is wanted of it.
import { z } from 'zod'
import {
  cutOutEditSchema,
  photoMeasuresSchema,
  preparationSettingsSchema,
  STEP_NAMES,
} from '#shared/preparation.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/**
 * - `input` what a network sees, and a thumbnail
 * - `steps` the same with the picture of every step
 * - `square` the photo in colours, `side` pixels a side
 */
export const photoQuestionSchema = z.discriminatedUnion('wants', [
  z.object({
    wants: z.enum(['input', 'steps']),
    path: z.string(),
    settings: preparationSettingsSchema,
    edit: cutOutEditSchema.nullable(),
  }),
  z.object({ wants: z.literal('square'), path: z.string(), side: z.int() }),
])
export type PhotoQuestion = z.infer<typeof photoQuestionSchema>

const stepSchema = z.object({
  name: z.enum(STEP_NAMES),
  title: z.string(),
  note: z.string(),
  image: z.object({
    width: z.int(),
    height: z.int(),
    channels: z.union([z.literal(1), z.literal(3), z.literal(4)]),
    pixels: bytes,
  }),
})

export const preparedPhotoSchema = z.object({
  type: z.literal('prepared'),
  originalWidth: z.int(),
  originalHeight: z.int(),
  /** 784 bytes. */
  input: bytes,
  measures: photoMeasuresSchema,
  /** A JPEG. */
  thumbnail: bytes,
  /** Empty unless they were wanted. */
  steps: z.array(stepSchema),
})
export type PreparedPhoto = z.infer<typeof preparedPhotoSchema>

export const photoAnswerSchema = z.discriminatedUnion('type', [
  preparedPhotoSchema,
  /** `side * side * 3` bytes of RGB. */
  z.object({ type: z.literal('square'), pixels: bytes }),
])
export type DecoderAnswer = z.infer<typeof photoAnswerSchema>
