// What the application and the classifier process say to each other when somebody looks inside a network: which run,
// which image, what is wanted of it.
import { z } from 'zod'
import { judgeSourceSchema } from '../photos/classifier-messages.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** A run with its weights, and the form of the images that it is asked about. */
const asked = z.object({ source: judgeSourceSchema, height: z.int(), width: z.int(), channels: z.int() })
const askedOfImage = asked.extend({ input: bytes })

export const inspectionQuestionSchema = z.discriminatedUnion('type', [
  askedOfImage.extend({ type: z.literal('look-inside') }),
  asked.extend({ type: z.literal('read-weights'), layer: z.string(), from: z.int(), count: z.int() }),
  askedOfImage.extend({ type: z.literal('grad-cam'), layer: z.string(), label: z.int() }),
  askedOfImage.extend({ type: z.literal('occlude'), label: z.int() }),
])
export type InspectionQuestion = z.infer<typeof inspectionQuestionSchema>

export const inspectionAnswerSchema = z.discriminatedUnion('type', [
  /** What each layer made, in the order of the network. */
  z.object({
    type: z.literal('looked'),
    layers: z.array(z.object({ name: z.string(), values: floats, sums: floats.nullable() })),
  }),
  /** Unit after unit. */
  z.object({ type: z.literal('weights'), weights: floats, biases: floats }),
  /** Where in the image the answer comes from; `weights` of the maps, none for occlusion. */
  z.object({
    type: z.literal('explained'),
    height: z.int(),
    width: z.int(),
    values: floats,
    weights: floats,
  }),
])
export type InspectionAnswer = z.infer<typeof inspectionAnswerSchema>
