// The words of a dataset that is made of a folder of photos, a folder in it for each class.
import { z } from 'zod'
import { preparationSettingsSchema } from './preparation.ts'

/**
 * - `grey` 28 x 28 by the preparation of photos, as Fashion-MNIST is: its runs judge photos
 * - `colour` 64 x 64 in colours, the whole photo on white, as CNN Explainer's TinyVGG is trained
 */
export const PHOTO_FORMS = ['grey', 'colour'] as const
export type PhotoForm = (typeof PHOTO_FORMS)[number]

/** Side of an image in colours. */
export const COLOUR_SIDE = 64

/** How the photos became images; kept with the dataset. */
export const photoOriginSchema = z.strictObject({
  form: z.enum(PHOTO_FORMS),
  /** Null for images in colours, which are only shrunk. */
  preparation: z.strictObject({ version: z.int(), settings: preparationSettingsSchema }).nullable(),
  /** Files that were called photos and could not be used. */
  leftOut: z.int().min(0),
})
export type PhotoOrigin = z.infer<typeof photoOriginSchema>

/** A file that did not become an image, and why. */
export const leftOutSchema = z.object({ file: z.string(), reason: z.string() })
export type LeftOut = z.infer<typeof leftOutSchema>
