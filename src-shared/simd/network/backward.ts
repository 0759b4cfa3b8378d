// The backward half of a program: from the gradient of the network's outputs to the gradients of all parameters.
// A convolution behind max pooling gets its gradient as a list of entries, all others as an image.
import { clear, copyImage } from '../instructions/arranging.ts'
import { wholeVectors } from '../instructions/image.ts'
import { addAveragePoolGradient, addMaxPoolGradient } from '../instructions/pooling.ts'
import type { ConvolutionMemory } from './emit-convolution.ts'
import { multiplyByMask, poolingShape, type LayerRecord } from './forward.ts'
import { asImage, noBorder, takeFeature, type Feature, type Layout } from './layout.ts'
import {
  convolutionBehindPooling,
  denseConvolution,
  type Backward,
  type BackwardProgram,
} from './backward-convolution.ts'

/**
 * @param gradient of the outputs of the last layer.
 * @returns undefined when a layer's gradient needs a kernel that the fast path lacks.
 */
export function buildBackward(
  records: readonly LayerRecord[],
  gradient: Feature,
  layouts: ConvolutionMemory & { readonly arena: Layout; readonly slice: Layout },
): BackwardProgram | undefined {
  const widest = Math.max(...records.map(({ sized }) => sized.input.channels))
  const backward: Backward = {
    ...{ packing: [], body: [], gradients: [], ...layouts },
    noBias: layouts.arena.take(wholeVectors(widest) + 12),
  }
  const first = records.findIndex(({ sized }) => sized.parameter >= 0)
  let current = gradient
  let pooled: { record: LayerRecord; gradient: Feature } | undefined
  for (let index = records.length - 1; index >= first; index--) {
    const record = records[index]
    if (!record) break
    const needsInput = index > first
    if (isDeferred(record, records[index - 1])) {
      pooled = { record, gradient: current }
      continue
    }
    const before = pooled
      ? convolutionBehindPooling(backward, record, pooled, needsInput)
      : layerGradient(backward, record, current, needsInput)
    if (!before) return undefined
    pooled = undefined
    current = asBefore(before, records[index - 1])
  }
  return backward
}

function isDeferred(record: LayerRecord, previous: LayerRecord | undefined): boolean {
  return record.sized.layer.kind === 'maxPooling' && previous?.sized.layer.kind === 'convolution'
}

/** A dense layer's input gradient is flat: seen again as the image that the layer before gave out. */
function asBefore(gradient: Feature, previous: LayerRecord | undefined): Feature {
  const output = previous?.sized.output
  return output && output.channels !== gradient.channels ? asImage(gradient, output) : gradient
}

function layerGradient(
  backward: Backward,
  record: LayerRecord,
  gradient: Feature,
  needsInput: boolean,
): Feature | undefined {
  switch (record.sized.layer.kind) {
    case 'convolution':
    case 'dense':
      return denseConvolution(backward, record, gradient, needsInput)
    case 'maxPooling':
      return maxPooling(backward, record, gradient)
    case 'averagePooling':
      return averagePooling(backward, record, gradient)
    case 'dropout':
      return dropout(backward, record, gradient)
    default:
      record.sized.layer satisfies never
      return undefined
  }
}

function maxPooling({ arena, body }: Backward, record: LayerRecord, gradient: Feature): Feature | undefined {
  const { sized, positions } = record
  if (!positions) return undefined
  const result = takeFeature(arena, sized.input)
  body.push(clear(result.start, result.pitch.rowBytes * result.height))
  body.push(
    addMaxPoolGradient(
      { gradient: gradient.start, positions, inputGradient: result.start },
      { ...sized.output, gradient: gradient.pitch, inputPixelBytes: result.pitch.pixelBytes },
    ),
  )
  return result
}

/** TensorFlow.js divides the gradient of a cut window by the whole window: only uncut windows are done here. */
function averagePooling(
  { arena, body }: Backward,
  { sized }: LayerRecord,
  gradient: Feature,
): Feature | undefined {
  const result = takeFeature(arena, sized.input)
  const shape = poolingShape(sized, result)
  const { padding } = sized.layer.kind === 'averagePooling' ? sized.layer : { padding: noBorder }
  if (padding.top + padding.bottom + padding.left + padding.right > 0) return undefined
  body.push(clear(result.start, result.pitch.rowBytes * result.height))
  body.push(
    addAveragePoolGradient({ gradient: gradient.start, inputGradient: result.start }, shape, gradient.pitch),
  )
  return result
}

function dropout(
  { arena, body }: Backward,
  { sized, mask }: LayerRecord,
  gradient: Feature,
): Feature | undefined {
  if (!mask) return undefined
  const dense = takeFeature(arena, sized.output)
  const floats = sized.output.height * sized.output.width * sized.output.channels
  body.push(copyImage(gradient.start, dense.start, sized.output, gradient.pitch, dense.pitch))
  body.push(multiplyByMask(dense.start, mask, dense.start, floats))
  return dense
}
