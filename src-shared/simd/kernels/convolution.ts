// Conv2D, FusedConv2D and the two gradients, image by image: NHWC, without dilation. One piece is a fixed share of the
// batch; the filter's gradient is summed per piece, and then over the pieces in their order.
import { backend_util, getKernel, type TensorInfo } from '@tensorflow/tfjs-core'
import type { SimdBackend } from '../backend.ts'
import { forwardBorder, turnedGeometry } from '../geometry.ts'
import { clear } from '../instructions/arranging.ts'
import {
  addFilterGradient,
  convolve,
  gradientChannels,
  type Convolution,
} from '../instructions/convolution.ts'
import { packedFilterFloats, packFilter, plainFilter, turnedFilter } from '../instructions/filters.ts'
import { densePitch, wholeVectors } from '../instructions/image.ts'
import { arrangeGradient, sumSlices } from '../instructions/updates.ts'
import { atAddress, inArena, inSlice, type Instruction, type Phase } from '../program.ts'
import { fastKernel, floatInputs, type KernelCall, type PlainKernel } from './fast-kernel.ts'
import { withBlocks } from './scratch.ts'
import {
  type ConvolutionAttributes,
  type Shape4,
  computeSizes,
  hasShape,
  type ReadableImage,
  paddedImage,
  spreadImage,
} from './convolution-sizes.ts'

/** A batch is cut into so many pieces at most. */
const MAXIMUM_PIECES = 16

/** Activations that follow as a kernel of their own. */
const laterActivations: Partial<Record<backend_util.Activation, string>> = {
  elu: 'Elu',
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
}

export function createConvolutionKernels(): PlainKernel[] {
  return [
    fastKernel('Conv2D', forward),
    fastKernel('FusedConv2D', forward),
    fastKernel('Conv2DBackpropFilter', filterGradient),
    fastKernel('Conv2DBackpropInput', inputGradient),
  ]
}

function forward({ inputs, attributes, backend }: KernelCall<ConvolutionAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x', 'filter')
  const { activation = 'linear' } = attributes
  const later = laterActivations[activation]
  const { bias } = inputs
  if (!tensors || (activation !== 'linear' && activation !== 'relu' && !later)) return undefined
  const sizes = computeSizes(tensors.x.shape, tensors.filter.shape as Shape4, attributes)
  if (
    !sizes ||
    (bias &&
      (!backend.holds(bias, 'float32') || bias.shape.length > 1 || bias.shape[0] !== sizes.outputChannels))
  )
    return undefined
  const output = backend.createOutput(sizes.outputShape)
  const x = backend.pointerOf(tensors.x)
  const filter = backend.pointerOf(tensors.filter)
  const padded = paddedImage(sizes.image, forwardBorder(sizes), sizes.imageFloats, x)
  const out = densePitch(sizes.output.width, sizes.outputChannels)
  const taps = sizes.filter[0] * sizes.filter[1] * sizes.image.channels
  const packedBytes = 4 * packedFilterFloats(taps, sizes.outputChannels)
  withBlocks(backend, [packedBytes, 4 * sizes.outputChannels + 48], ([packed = 0, noBias = 0]) => {
    backend.machine.words(noBias, sizes.outputChannels + 12).fill(0)
    const convolution = convolve(
      {
        ...{ input: padded.corner, weights: atAddress(packed) },
        bias: atAddress(bias ? backend.pointerOf(bias) : noBias),
        output: atAddress(output.pointer, sizes.output.height * out.rowBytes),
      },
      { ...sizes.convolution, input: padded.pitch },
      out,
      activation === 'relu',
    )
    runOverImages(backend, sizes.batch, padded, [convolution], {
      packing: packFilter(atAddress(filter), atAddress(packed), plainFilter(tensors.filter.shape as Shape4)),
    })
  })
  return later ? activate(backend, later, output.info) : output.info
}

function activate(backend: SimdBackend, kernelName: string, x: TensorInfo): TensorInfo {
  const result = getKernel(kernelName, 'cpu').kernelFunc({ inputs: { x }, backend, attrs: {} })
  backend.disposeIntermediateTensorInfo(x)
  return result as TensorInfo
}

function filterGradient({
  inputs,
  attributes,
  backend,
}: KernelCall<ConvolutionAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x', 'dy')
  const { filterShape } = attributes
  const sizes = tensors && filterShape && computeSizes(tensors.x.shape, filterShape, attributes)
  if (!sizes || !hasShape(tensors.dy, sizes.outputShape)) return undefined
  const output = backend.createOutput(filterShape)
  const padded = paddedImage(
    sizes.image,
    forwardBorder(sizes),
    sizes.imageFloats,
    backend.pointerOf(tensors.x),
  )
  const gradient = densePitch(sizes.output.width, sizes.outputChannels)
  const channels = gradientChannels(sizes.outputChannels)
  const taps = sizes.filter[0] * sizes.filter[1] * sizes.image.channels
  const sliceFloats = wholeVectors((taps + 1) * channels) + 16
  const pieces = Math.ceil(sizes.batch / share(sizes.batch))
  withBlocks(backend, [4 * sliceFloats * pieces, 4 * taps * channels], ([slices = 0, sum = 0]) => {
    const add = addFilterGradient(
      {
        ...{ input: padded.corner, filter: inSlice(0), bias: inSlice(4 * taps * channels) },
        gradient: atAddress(backend.pointerOf(tensors.dy), sizes.output.height * gradient.rowBytes),
      },
      { ...sizes.convolution, input: padded.pitch },
      gradient,
    )
    const prologue = [clear(inSlice(0), 4 * sliceFloats)]
    runOverImages(backend, sizes.batch, padded, [add], { prologue, slices, sliceBytes: 4 * sliceFloats })
    const order = {
      rows: 1,
      taps,
      channels: sizes.outputChannels,
      rowStride: 0,
      tapStride: channels,
      channelStride: 1,
    }
    const body = [
      sumSlices(atAddress(slices), atAddress(sum), taps * channels, pieces, 4 * sliceFloats),
      arrangeGradient(atAddress(sum), atAddress(output.pointer), order),
    ]
    backend.machine.run([{ kind: 'instructions', body, instructionsPerPiece: 2 }])
  })
  return output.info
}

function inputGradient({
  inputs,
  attributes,
  backend,
}: KernelCall<ConvolutionAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'dy', 'filter')
  const { inputShape } = attributes
  const filterShape = tensors?.filter.shape as Shape4
  const sizes = tensors && inputShape && computeSizes(inputShape, filterShape, attributes)
  if (!sizes || !hasShape(tensors.dy, sizes.outputShape)) return undefined
  const output = backend.createOutput(inputShape)
  const geometry = turnedGeometry(sizes)
  const spread = spreadImage(sizes, geometry, backend.pointerOf(tensors.dy))
  const { first, turned } = turnedFilter(plainFilter(filterShape))
  const { height, width, channels } = sizes.image
  const out = densePitch(width, channels)
  const packedBytes = 4 * packedFilterFloats(turned.rows * turned.columns * turned.inner, channels)
  withBlocks(backend, [packedBytes, 4 * channels + 48], ([packed = 0, noBias = 0]) => {
    backend.machine.words(noBias, channels + 12).fill(0)
    const shape: Convolution = {
      ...{ height, width, filterRows: turned.rows, rowTaps: turned.columns * turned.inner },
      ...{ outputChannels: channels, strides: [1, 1], input: spread.pitch },
    }
    const places = {
      ...{ input: spread.corner, weights: atAddress(packed), bias: atAddress(noBias) },
      output: atAddress(output.pointer, height * out.rowBytes),
    }
    const filter = atAddress(backend.pointerOf(tensors.filter) + 4 * first)
    runOverImages(backend, sizes.batch, spread, [convolve(places, shape, out, false)], {
      packing: packFilter(filter, atAddress(packed), turned),
    })
  })
  return output.info
}

function share(batch: number): number {
  return Math.ceil(batch / MAXIMUM_PIECES)
}

function runOverImages(
  { machine }: SimdBackend,
  batch: number,
  image: ReadableImage,
  body: readonly Instruction[],
  more: { packing?: Instruction; prologue?: Instruction[]; slices?: number; sliceBytes?: number },
): void {
  const { packing, prologue = [], slices = 0, sliceBytes = 0 } = more
  if (packing) machine.run([{ kind: 'instructions', body: [packing], instructionsPerPiece: 1 }])
  const clearing = image.copy ? [clear(inArena(0), image.bytes)] : []
  const copying = image.copy ? [image.copy] : []
  const phase: Phase = {
    ...{ kind: 'items', items: batch, itemsPerPiece: share(batch) },
    ...{ prologue: [...prologue, ...clearing], body: [...copying, ...body] },
  }
  machine.run([phase], { arenaBytes: image.bytes + 256, slices, sliceBytes })
}
