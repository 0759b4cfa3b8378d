// Calls about what the user says of single images. They answer with all marks of the dataset, which are few.
import { z } from 'zod'
import { markSchema, marksStateSchema, MAX_MARKS } from '../marks.ts'
import { imageSourceSchema } from './images.ts'
import { call } from './parts.ts'

/** Room for the largest list of marks with long notes. */
const MAX_TEXT = 64 * 1024 * 1024

export const markSetCountsSchema = z.object({
  /** The name by which an experiment means this set. */
  hash: z.string(),
  excluded: z.int(),
  corrected: z.int(),
})
export type MarkSetCounts = z.infer<typeof markSetCountsSchema>

export const marks = {
  read: call.input(imageSourceSchema).output(marksStateSchema),
  /** One change that can be undone; a blank mark takes away what an image had. */
  change: call
    .input(
      imageSourceSchema.extend({
        marks: z.array(markSchema).min(1).max(MAX_MARKS),
        /** What is done, for undoing: 'Excluded 3 images'. */
        text: z.string().trim().min(1).max(200),
      }),
    )
    .output(marksStateSchema),
  undo: call.input(imageSourceSchema).output(marksStateSchema),
  redo: call.input(imageSourceSchema).output(marksStateSchema),
  write: call.input(imageSourceSchema.extend({ format: z.enum(['csv', 'json']) })).output(z.string()),
  /** Takes in what `write` gave, of the same images; marks of images that it does not name stay. */
  import: call
    .input(imageSourceSchema.extend({ text: z.string().min(1).max(MAX_TEXT) }))
    .output(marksStateSchema.extend({ imported: z.int() })),
  /** How many training images the marks of now would change, or those of a set that a run names. */
  count: call
    .input(imageSourceSchema.extend({ set: z.string().max(16).nullable() }))
    .output(markSetCountsSchema),
  /** Exactly which training images a run left out, and which labels it corrected. */
  readSet: call
    .input(z.strictObject({ hash: z.string().length(16), datasetHash: z.string().max(64) }))
    .output(
      z.object({
        excluded: z.array(z.int()),
        corrected: z.array(z.object({ image: z.int(), label: z.int() })),
      }),
    ),
}
