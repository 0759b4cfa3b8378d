// Calls about the inside of a run's network: what every layer makes of one image, the weights that it does it with, and
// where in the image the answer comes from. Numbers travel as float32 in base64 (see inspect/packed-floats.ts), so what
// is shown is what was computed. The weights are those of the newest checkpoint; who has looked names its epoch, so that
// numbers of two epochs are never mixed.
import { z } from 'zod'
import { LOSS_NAMES, modelSettings } from '../experiment.ts'
import { IMAGE_SPLITS, imageNumberSchema } from '../images.ts'
import { call, id } from './parts.ts'

/** How many weights one call may ask for: 16 MB. */
export const MAX_WEIGHTS = 4_000_000
/** The most units or maps that one call may ask for. */
export const MAX_UNITS = 4096
/** 50 million values in base64: more than any network makes of one image. */
const MAX_TEXT = 270_000_000

/** An image of the run's own dataset, or the input that was made of a photo. */
export const inspectSubjectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('image'), split: z.enum(IMAGE_SPLITS), index: imageNumberSchema }),
  z.strictObject({ type: z.literal('photo'), batchId: id, number: z.int().min(0) }),
])
export type InspectSubject = z.infer<typeof inspectSubjectSchema>

const packed = z.string().max(MAX_TEXT)
const run = z.strictObject({ runId: id })
const ofSubject = run.extend({ subject: inspectSubjectSchema })
const lookedAt = ofSubject.extend({ epoch: z.int().min(1) })
const layer = z.string().min(1).max(100)
const label = z.int().min(0).max(255)

export const insideSchema = z.object({
  runName: z.string(),
  /** The epoch after which the weights were kept. */
  epoch: z.int(),
  model: modelSettings,
  loss: z.enum(LOSS_NAMES),
  /** Whether the run's answers to photos are means over several views of them, which this is not. */
  averagesViews: z.boolean(),
  classNames: z.array(z.string()),
  /** The run's data, for addresses of its images. */
  datasetId: z.string(),
  directory: z.string().nullable(),
  /** Where the image lies among all of the dataset; null for a photo. */
  place: z.object({ image: z.int(), count: z.int() }).nullable(),
  /** What people call it: 'test 123', 'dress.jpg'. */
  name: z.string(),
  height: z.int(),
  width: z.int(),
  /** 1 for grey, 3 for red, green and blue. */
  channels: z.int(),
  /** height * width * channels bytes in base64. */
  pixels: packed,
  /** What it is by its data or by those who labelled it; `label` is null where the run knows no such class. */
  truth: z.object({ label: z.int().nullable(), name: z.string() }).nullable(),
  /** In the order of the network; the last one's values are the logits. */
  layers: z.array(
    z.object({
      name: z.string(),
      /** After the activation, [height, width, channels] or [units]. */
      values: packed,
      /** Before the activation; null where there is none. */
      sums: packed.nullable(),
    }),
  ),
})
export type InsideAnswer = z.infer<typeof insideSchema>

export const unitWeightsSchema = z.object({
  /** Of each unit its kernel [row, column, in], or one weight for each input. */
  weights: packed,
  biases: packed,
})

export const explainedSchema = z.object({
  height: z.int(),
  width: z.int(),
  /** height * width numbers. */
  values: packed,
  /** Grad-CAM's weight for each map of the layer; none for occlusion. */
  weights: packed,
})

export const inspectCalls = {
  /** Runs the network on the image and tells what every layer made of it. */
  look: call.input(ofSubject).output(insideSchema),
  /** Of a convolution or dense layer, refused as 'conflict' where the run has newer weights than `epoch`; the size of the image says how long a unit's weights are. */
  readWeights: call
    .input(
      lookedAt.extend({
        layer,
        from: z.int().min(0),
        count: z.int().min(1).max(MAX_UNITS),
      }),
    )
    .output(unitWeightsSchema),
  /** Which places of a convolution's maps raise the logit of a class: in the layer's own size, in units of the logit. */
  gradCam: call.input(lookedAt.extend({ layer, label })).output(explainedSchema),
  /** How much the probability of a class falls when a part of the image is covered: for every pixel. */
  occlude: call.input(lookedAt.extend({ label })).output(explainedSchema),
}
