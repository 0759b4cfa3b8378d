// The backward half of convolutions and dense layers: gradients of filter, bias and input, from an image of output
// gradients or from a list of the few that survived max pooling.
import { differentiateActivation } from '../instructions/activations.ts'
import { clear, copyImage } from '../instructions/arranging.ts'
import { addFilterGradient, gradientChannels } from '../instructions/convolution.ts'
import {
  addFilterGradientOfEntries,
  addInputGradientOfEntries,
  ENTRY_BYTES,
  listPooledGradient,
  type EntryShape,
} from '../instructions/entries.ts'
import { packFilterByChannel, turnedFilter } from '../instructions/filters.ts'
import { wholeVectors } from '../instructions/image.ts'
import type { GradientOrder } from '../instructions/updates.ts'
import { turnedGeometry } from '../geometry.ts'
import { inSlot, shifted, type Instruction, type Operand } from '../program.ts'
import { activationOf, type SizedLayer } from './description.ts'
import { emitConvolution, type ConvolutionMemory } from './emit-convolution.ts'
import { filterView, type LayerRecord } from './forward.ts'
import { noBorder, parameterSlot, takeFeature, type Feature, type Layout } from './layout.ts'

/** Where a layer's gradients lie in each slice, and in what order. */
export interface ParameterGradient {
  readonly sized: SizedLayer
  readonly filter: Operand
  readonly bias: Operand
  readonly order: GradientOrder
  /** Floats of the filter's gradient with its padding. */
  readonly floats: number
}

export interface BackwardProgram {
  readonly packing: Instruction[]
  readonly body: Instruction[]
  readonly gradients: ParameterGradient[]
}

/** A backward program in the making, and its memory. */
export interface Backward extends BackwardProgram, ConvolutionMemory {
  readonly arena: Layout
  readonly slice: Layout
  /** A place with zeros, as long as the widest layer. */
  readonly noBias: Operand
}

/** The gradients of a convolution or dense layer whose output gradient is an image. */
export function denseConvolution(
  backward: Backward,
  { sized, corner, convolution, output }: LayerRecord,
  gradient: Feature,
  needsInput: boolean,
): Feature | undefined {
  if (!corner || !convolution) return undefined
  const turned = needsInput ? takeTurned(backward, sized) : undefined
  const own = turned?.gradient ?? takeFeature(backward.arena, sized.output)
  const activation = activationOf(sized)
  const places = { gradient: gradient.start, output: output.start, result: own.start }
  const pitches = { gradient: gradient.pitch, output: output.pitch, result: own.pitch }
  backward.body.push(
    activation === 'linear'
      ? copyImage(gradient.start, own.start, sized.output, gradient.pitch, own.pitch)
      : differentiateActivation(places, sized.output, pitches, activation),
  )
  const channels = gradientChannels(sized.output.channels)
  const taps = convolution.filterRows * convolution.rowTaps
  const filter = backward.slice.take(taps * channels)
  const bias = backward.slice.take(channels)
  const order = {
    rows: 1,
    taps,
    channels: sized.output.channels,
    rowStride: 0,
    tapStride: channels,
    channelStride: 1,
  }
  backward.gradients.push({ sized, filter, bias, order, floats: taps * channels })
  backward.body.push(
    addFilterGradient({ input: corner, gradient: own.start, filter, bias }, convolution, own.pitch),
  )
  return turned ? turnedConvolution(backward, sized, turned) : gradient
}

interface Turned {
  /** The output gradient, its pixels as far apart as the strides, with zeros between and around. */
  readonly gradient: Feature
  /** The corner from which the turned filter starts. */
  readonly corner: Operand
  readonly pitch: Feature['pitch']
}

/** Room for an output gradient from which a convolution of stride 1 gives the input gradient. */
function takeTurned({ arena }: Backward, { layer, input, output, filter }: SizedLayer): Turned {
  const [down, across] = layer.kind === 'convolution' ? layer.strides : [1, 1]
  const padding = layer.kind === 'convolution' ? layer.padding : noBorder
  const { top, left, border, ...spread } = turnedGeometry({
    ...{ input, output, filter, strides: [down, across] },
    ...{ top: padding.top, left: padding.left },
  })
  const image = takeFeature(arena, { ...spread, channels: output.channels }, border)
  const { pitch } = image
  const gradient = {
    ...image,
    pitch: { rowBytes: down * pitch.rowBytes, pixelBytes: across * pitch.pixelBytes },
  }
  return { gradient, pitch, corner: shifted(image.start, -top * pitch.rowBytes - left * pitch.pixelBytes) }
}

function turnedConvolution(backward: Backward, sized: SizedLayer, { corner, pitch }: Turned): Feature {
  const { input, output, filter } = sized
  const { first, turned } = turnedFilter(filterView(sized))
  const result = takeFeature(backward.arena, input)
  emitConvolution(
    backward,
    backward,
    {
      ...{ filter: inSlot(parameterSlot(sized.parameter, 'weights'), 4 * first), view: turned },
      ...{ input: corner, bias: backward.noBias, output: result.start },
    },
    {
      ...{ height: input.height, width: input.width, filterRows: filter[0], strides: [1, 1] },
      ...{ rowTaps: filter[1] * output.channels, outputChannels: input.channels, input: pitch },
    },
    result.pitch,
    false,
  )
  return result
}

/** The gradients of a convolution that max pooling follows: from a list of the pixels that won. */
export function convolutionBehindPooling(
  backward: Backward,
  { sized, input, corner }: LayerRecord,
  pooled: { record: LayerRecord; gradient: Feature },
  needsInput: boolean,
): Feature | undefined {
  const { layer, output, filter } = sized
  const { positions } = pooled.record
  if (!corner || !positions || layer.kind !== 'convolution') return undefined
  const { arena, slice, body } = backward
  const size = pooled.record.sized.output
  const capacity = size.height * size.width
  const entries = arena.take((output.channels * capacity * ENTRY_BYTES) / 4 + 2)
  const counts = arena.take(output.channels)
  body.push(
    listPooledGradient(
      {
        ...{ gradient: pooled.gradient.start, pooled: pooled.record.output.start },
        ...{ positions, entries, counts },
      },
      {
        ...{ ...size, gradient: pooled.gradient.pitch, pooled: pooled.record.output.pitch, capacity },
        activation: layer.activation,
      },
    ),
  )
  const rowVectors = wholeVectors(filter[1] * sized.input.channels) / 4
  const floats = output.channels * filter[0] * rowVectors * 4
  const gradientFilter = slice.take(floats)
  const bias = slice.take(wholeVectors(output.channels))
  const order = {
    ...{ rows: filter[0], taps: filter[1] * sized.input.channels, channels: output.channels },
    ...{ rowStride: 4 * rowVectors, tapStride: 1, channelStride: filter[0] * rowVectors * 4 },
  }
  backward.gradients.push({ sized, filter: gradientFilter, bias, order, floats })
  const shape = { channels: output.channels, capacity, filterRows: filter[0] }
  body.push(
    addFilterGradientOfEntries(
      { input: corner, entries, counts, filter: gradientFilter, bias },
      { ...shape, pitch: input.pitch, rowVectors },
    ),
  )
  return needsInput ? scattered(backward, sized, input, { entries, counts }, shape) : pooled.gradient
}

function scattered(
  { arena, packed, packing, body }: Backward,
  sized: SizedLayer,
  input: Feature,
  lists: { entries: Operand; counts: Operand },
  shape: Omit<EntryShape, 'pitch' | 'rowVectors'>,
): Feature {
  const { layer, filter, output } = sized
  const padding = layer.kind === 'convolution' ? layer.padding : noBorder
  const channels = wholeVectors(sized.input.channels)
  const weights = packed.take(output.channels * filter[0] * filter[1] * channels)
  packing.push(
    packFilterByChannel(inSlot(parameterSlot(sized.parameter, 'weights')), weights, filterView(sized)),
  )
  const result = takeFeature(arena, sized.input, padding, channels)
  const { rowBytes, pixelBytes } = result.pitch
  const corner = shifted(result.start, -padding.top * rowBytes - padding.left * pixelBytes)
  body.push(clear(corner, (padding.top + input.height + padding.bottom) * rowBytes))
  body.push(
    addInputGradientOfEntries(
      { ...lists, filter: weights, inputGradient: corner },
      { ...shape, pitch: result.pitch, rowVectors: (filter[1] * channels) / 4 },
    ),
  )
  return result
}
