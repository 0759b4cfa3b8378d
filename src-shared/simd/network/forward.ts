// The forward half of a program: for each layer the instructions that compute it for one image, and a record of where
// its input and output lie, which the backward half reads.
import { activate } from '../instructions/activations.ts'
import { copyImage } from '../instructions/arranging.ts'
import type { Convolution } from '../instructions/convolution.ts'
import { combineRows } from '../instructions/elementwise.ts'
import { positionBytes } from '../instructions/entries.ts'
import { plainFilter, type FilterView } from '../instructions/filters.ts'
import { averagePool, maxPool, type Pooling } from '../instructions/pooling.ts'
import { inSlot, shifted, type Instruction, type Operand } from '../program.ts'
import { activationOf, type Padding, type Size, type SizedLayer } from './description.ts'
import { emitConvolution, type ConvolutionMemory } from './emit-convolution.ts'
import {
  asImage,
  inFixedSlot,
  maskSlot,
  noBorder,
  parameterSlot,
  takeFeature,
  type Feature,
  type Layout,
} from './layout.ts'

/** What the forward half leaves behind for each layer. */
export interface LayerRecord {
  readonly sized: SizedLayer
  readonly input: Feature
  readonly output: Feature
  /** For a convolution or dense layer: its geometry, and the corner of the padded input. */
  readonly convolution?: Convolution
  readonly corner?: Operand
  /** For max pooling in training: who won each window. */
  readonly positions?: Operand
  /** For dropout in training. */
  readonly mask?: Operand
}

export interface ForwardProgram {
  /** Once per step: the filters in the order that the convolutions read. */
  readonly packing: Instruction[]
  /** For each image. */
  readonly body: Instruction[]
  readonly records: LayerRecord[]
}

export interface ForwardOptions extends ConvolutionMemory {
  readonly layers: readonly SizedLayer[]
  readonly parameters: number
  readonly arena: Layout
  readonly training: boolean
}

export function buildForward(options: ForwardOptions): ForwardProgram {
  const { layers, arena } = options
  const program: ForwardProgram = { packing: [], body: [], records: [] }
  const image = layers[0]?.input ?? { height: 0, width: 0, channels: 0 }
  let feature = imageFeature(image)
  if (paddingBefore(layers[0]) !== noBorder)
    feature = copied(feature, paddingBefore(layers[0]), arena, program)
  let masks = 0
  for (const [index, sized] of layers.entries()) {
    const isLast = index === layers.length - 1
    const border = paddingBefore(layers[index + 1])
    const output = isLast ? outputFeature(sized.output) : takeFeature(arena, sized.output, border)
    const mask = sized.layer.kind === 'dropout' ? masks++ : 0
    addLayer(options, program, sized, feature, output, layers[index - 1], mask)
    feature = program.records.at(-1)?.output ?? feature
  }
  return program
}

/** The border that a layer needs around its input. */
function paddingBefore(sized: SizedLayer | undefined): Padding {
  if (sized?.layer.kind !== 'convolution') return noBorder
  const { top, bottom, left, right } = sized.layer.padding
  return top + bottom + left + right === 0 ? noBorder : sized.layer.padding
}

function imageFeature(image: Size): Feature {
  const floats = image.height * image.width * image.channels
  const start = inFixedSlot('images', 0, 4 * floats)
  return asImage({ ...image, start, pitch: { rowBytes: 0, pixelBytes: 0 } }, image)
}

function outputFeature(output: Size): Feature {
  const floats = output.height * output.width * output.channels
  return asImage(
    { ...output, start: inFixedSlot('outputs', 0, 4 * floats), pitch: { rowBytes: 0, pixelBytes: 0 } },
    output,
  )
}

function copied(feature: Feature, border: Padding, arena: Layout, program: ForwardProgram): Feature {
  const target = takeFeature(arena, feature, border)
  program.body.push(copyImage(feature.start, target.start, feature, feature.pitch, target.pitch))
  return target
}

function addLayer(
  options: ForwardOptions,
  program: ForwardProgram,
  sized: SizedLayer,
  before: Feature,
  output: Feature,
  previous: SizedLayer | undefined,
  mask: number,
): void {
  const { layer } = sized
  switch (layer.kind) {
    case 'convolution':
    case 'dense':
      addConvolution(options, program, sized, before, output)
      return
    case 'maxPooling': {
      const shape = poolingShape(sized, before)
      const isDeferred = previous?.layer.kind === 'convolution'
      const entryUnits = isDeferred ? entryPositions(previous, program) : { row: sized.input.width, pixel: 1 }
      const positions = options.training
        ? options.arena.take(
            (positionBytes(sized.output.channels) / 4) * sized.output.height * sized.output.width,
          )
        : undefined
      program.body.push(
        positions
          ? maxPool({ input: before.start, output: output.start, positions }, shape, output.pitch, entryUnits)
          : maxPool({ input: before.start, output: output.start }, shape, output.pitch),
      )
      program.records.push({ sized, input: before, output, ...(positions && { positions }) })
      return
    }
    case 'averagePooling':
      program.body.push(
        averagePool({ input: before.start, output: output.start }, poolingShape(sized, before), output.pitch),
      )
      program.records.push({ sized, input: before, output })
      return
    case 'dropout':
      addDropout(options, program, sized, before, output, mask)
      return
    default:
      layer satisfies never
  }
}

function addConvolution(
  memory: ForwardOptions,
  program: ForwardProgram,
  sized: SizedLayer,
  before: Feature,
  output: Feature,
): void {
  const isDense = sized.layer.kind === 'dense'
  const input = isDense ? asImage(before, sized.input) : before
  const convolution = convolutionShape(sized, input)
  const padding = sized.layer.kind === 'convolution' ? sized.layer.padding : noBorder
  const corner = shifted(
    input.start,
    -padding.top * input.pitch.rowBytes - padding.left * input.pitch.pixelBytes,
  )
  const filter = inSlot(parameterSlot(sized.parameter, 'weights'))
  const bias = inSlot(parameterSlot(sized.parameter + 1, 'weights'))
  const activation = activationOf(sized)
  const places = { filter, view: filterView(sized), input: corner, bias, output: output.start }
  emitConvolution(program, memory, places, convolution, output.pitch, activation === 'relu')
  if (activation !== 'linear' && activation !== 'relu')
    program.body.push(activate(output.start, sized.output, output.pitch, activation))
  program.records.push({ sized, input, output, convolution, corner })
}

function addDropout(
  { arena, parameters, training }: ForwardOptions,
  program: ForwardProgram,
  sized: SizedLayer,
  input: Feature,
  output: Feature,
  index: number,
): void {
  const floats = sized.input.height * sized.input.width * sized.input.channels
  const isContiguous = output.pitch.rowBytes === 4 * sized.output.width * sized.output.channels
  if (!training) {
    program.body.push(copyImage(input.start, output.start, input, input.pitch, output.pitch))
    program.records.push({ sized, input, output })
    return
  }
  const mask = inSlot(maskSlot(parameters, index), 0, 4 * floats)
  const product = isContiguous ? output : takeFeature(arena, sized.output)
  program.body.push(multiplyByMask(input.start, mask, product.start, floats))
  if (!isContiguous) {
    program.body.push(copyImage(product.start, output.start, product, product.pitch, output.pitch))
  }
  program.records.push({ sized, input, output, mask })
}

/** One image's numbers times the mask's. */
export function multiplyByMask(source: Operand, mask: Operand, result: Operand, floats: number): Instruction {
  const shape = { rowFloats: floats, rows: 2 ** 31 - 1, rowsPerItem: 1, b: 'equal' } as const
  return combineRows('multiply', { a: source, b: mask, result }, shape)
}

function convolutionShape(sized: SizedLayer, input: Feature): Convolution {
  return {
    height: sized.output.height,
    width: sized.output.width,
    filterRows: sized.filter[0],
    rowTaps: sized.filter[1] * sized.input.channels,
    outputChannels: sized.output.channels,
    strides: sized.layer.kind === 'convolution' ? sized.layer.strides : [1, 1],
    input: input.pitch,
  }
}

/** Pooling of a layer whose input lies in `input`. */
export function poolingShape(sized: SizedLayer, input: Feature): Pooling {
  const { layer } = sized
  if (layer.kind !== 'maxPooling' && layer.kind !== 'averagePooling')
    throw new Error('Only pooling layers have windows.')
  return {
    height: sized.output.height,
    width: sized.output.width,
    channels: sized.output.channels,
    input: input.pitch,
    inputHeight: sized.input.height,
    inputWidth: sized.input.width,
    strides: layer.strides,
    window: layer.window,
    padding: [layer.padding.top, layer.padding.left],
  }
}

/** Positions as the entries of gradient-entries count them: pixels of the convolution's padded input. */
function entryPositions(convolution: SizedLayer, program: ForwardProgram): { row: number; pixel: number } {
  const input = program.records.at(-1)?.input
  if (!input || convolution.layer.kind !== 'convolution') throw new Error('Entries point into a convolution.')
  const [down, across] = convolution.layer.strides
  return { row: (down * input.pitch.rowBytes) / input.pitch.pixelBytes, pixel: across }
}

/** A layer's weights as TensorFlow.js keeps them. */
export function filterView({ filter, input, output }: SizedLayer): FilterView {
  return plainFilter([...filter, input.channels, output.channels])
}
