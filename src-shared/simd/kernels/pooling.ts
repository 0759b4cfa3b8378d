// MaxPool, AvgPool and their gradients, image by image.
import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core'
import { clear } from '../instructions/arranging.ts'
import { positionBytes } from '../instructions/entries.ts'
import { densePitch } from '../instructions/image.ts'
import {
  addAveragePoolGradient,
  addMaxPoolGradient,
  averagePool,
  maxPool,
  type Pooling,
} from '../instructions/pooling.ts'
import { atAddress, inArena, type Instruction } from '../program.ts'
import type { SimdBackend } from '../backend.ts'
import { fastKernel, floatInputs, type KernelCall, type PlainKernel } from './fast-kernel.ts'

interface PoolingAttributes {
  readonly filterSize: number | [number, number]
  readonly strides: number | [number, number]
  readonly pad: Parameters<typeof backend_util.computePool2DInfo>[4]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** A batch is cut into so many pieces at most. */
const MAXIMUM_PIECES = 16

export function createPoolingKernels(): PlainKernel[] {
  return [
    fastKernel<PoolingAttributes>('MaxPool', (call) => forward(call, maxPool)),
    fastKernel<PoolingAttributes>('AvgPool', (call) => forward(call, averagePool)),
    fastKernel('MaxPoolGrad', maxGradient),
    fastKernel('AvgPoolGrad', averageGradient),
  ]
}

function forward(
  { inputs, attributes, backend }: KernelCall<PoolingAttributes>,
  pool: typeof averagePool,
): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x')
  const sizes = tensors && computeSizes(tensors.x.shape, attributes)
  if (!sizes) return undefined
  const { shape, outputShape, imageBytes, batch } = sizes
  const output = backend.createOutput(outputShape)
  const pitch = densePitch(shape.width, shape.channels)
  const places = {
    input: atAddress(backend.pointerOf(tensors.x), imageBytes),
    output: atAddress(output.pointer, shape.height * pitch.rowBytes),
  }
  runOverImages(backend, batch, [pool(places, shape, pitch)], 0)
  return output.info
}

function maxGradient({ inputs, attributes, backend }: KernelCall<PoolingAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'dy', 'input')
  const sizes = tensors && computeSizes(tensors.input.shape, attributes)
  if (!sizes || tensors.dy.shape.some((size, index) => size !== sizes.outputShape[index])) return undefined
  const { shape, imageBytes, batch } = sizes
  const result = backend.createOutput(tensors.input.shape)
  const pitch = densePitch(shape.width, shape.channels)
  const pooled = inArena(0)
  const pooledBytes = shape.height * pitch.rowBytes
  const positions = inArena(Math.ceil((pooledBytes + 64) / 64) * 64)
  const inputGradient = atAddress(result.pointer, imageBytes)
  const gradient = atAddress(backend.pointerOf(tensors.dy), pooledBytes)
  const input = atAddress(backend.pointerOf(tensors.input), imageBytes)
  const body = [
    maxPool({ input, output: pooled, positions }, shape, pitch, { row: shape.inputWidth, pixel: 1 }),
    clear(inputGradient, imageBytes),
    addMaxPoolGradient(
      { gradient, positions, inputGradient },
      { ...shape, gradient: pitch, inputPixelBytes: shape.input.pixelBytes },
    ),
  ]
  runOverImages(
    backend,
    batch,
    body,
    positions.offset + shape.height * shape.width * positionBytes(shape.channels),
  )
  return result.info
}

/** TensorFlow.js divides the gradient of a window that the border cuts by the whole window: left to its own kernel. */
function averageGradient({
  inputs,
  attributes,
  backend,
}: KernelCall<PoolingAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'dy', 'input')
  const sizes = tensors && computeSizes(tensors.input.shape, attributes)
  if (!sizes || sizes.isCut || tensors.dy.shape.some((size, index) => size !== sizes.outputShape[index]))
    return undefined
  const { shape, imageBytes, batch } = sizes
  const result = backend.createOutput(tensors.input.shape)
  const pitch = densePitch(shape.width, shape.channels)
  const inputGradient = atAddress(result.pointer, imageBytes)
  const gradient = atAddress(backend.pointerOf(tensors.dy), shape.height * pitch.rowBytes)
  const body = [
    clear(inputGradient, imageBytes),
    addAveragePoolGradient({ gradient, inputGradient }, shape, pitch),
  ]
  runOverImages(backend, batch, body, 0)
  return result.info
}

interface Sizes {
  readonly batch: number
  readonly shape: Pooling
  readonly imageBytes: number
  readonly outputShape: [number, number, number, number]
  /** Whether any window reaches over the border. */
  readonly isCut: boolean
}

function computeSizes(
  inputShape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolingAttributes,
): Sizes | undefined {
  if (inputShape.length !== 4) return undefined
  const shape = inputShape as [number, number, number, number]
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode)
  const {
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    padInfo,
    strideHeight,
    strideWidth,
  } = info
  if (batchSize * outHeight * outWidth < 1) return undefined
  const isCut =
    padInfo.top + padInfo.left > 0 ||
    (outHeight - 1) * strideHeight + info.filterHeight > inHeight ||
    (outWidth - 1) * strideWidth + info.filterWidth > inWidth
  return {
    batch: batchSize,
    shape: {
      ...{ height: outHeight, width: outWidth, channels: inChannels },
      ...{ input: densePitch(inWidth, inChannels), inputHeight: inHeight, inputWidth: inWidth },
      strides: [strideHeight, strideWidth],
      window: [info.filterHeight, info.filterWidth],
      padding: [padInfo.top, padInfo.left],
    },
    imageBytes: 4 * inHeight * inWidth * inChannels,
    outputShape: [batchSize, outHeight, outWidth, inChannels],
    isCut,
  }
}

function runOverImages(
  { machine }: SimdBackend,
  batch: number,
  body: readonly Instruction[],
  arenaBytes: number,
): void {
  const itemsPerPiece = Math.ceil(batch / MAXIMUM_PIECES)
  machine.run([{ kind: 'items', items: batch, itemsPerPiece, prologue: [], body }], {
    arenaBytes: arenaBytes + 256,
  })
}
