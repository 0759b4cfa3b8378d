// What the convolution kernels know before they compute: sizes from TensorFlow.js's attributes, and where an image with
// its border is read from.
import { backend_util, type TensorInfo } from '@tensorflow/tfjs-core'
import { turnedGeometry, type Border, type ConvolutionSizes } from '../geometry.ts'
import { copyImage } from '../instructions/arranging.ts'
import { type Convolution } from '../instructions/convolution.ts'
import { densePitch, type ImageSize, type Pitch } from '../instructions/image.ts'
import { atAddress, inArena, shifted, type Instruction, type Operand } from '../program.ts'

/** TensorFlow.js's attributes of the convolution kernels. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number]
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4]
  readonly dilations?: number | [number, number]
  readonly dataFormat: 'NHWC' | 'NCHW'
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
  readonly activation?: backend_util.Activation
  readonly filterShape?: [number, number, number, number]
  readonly inputShape?: [number, number, number, number]
}

/** Sizes of a tensor of four dimensions. */
export type Shape4 = [number, number, number, number]

/** A convolution as this engine's kernels see it. */
export interface Sizes extends ConvolutionSizes {
  readonly batch: number
  readonly image: ImageSize
  readonly imageFloats: number
  readonly outputChannels: number
  readonly outputShape: Shape4
  readonly convolution: Omit<Convolution, 'input'>
}

/** @returns undefined for other layouts, dilations and empty tensors: those are left to the cpu backend. */
export function computeSizes(
  inputShape: readonly number[],
  filterShape: Shape4,
  { strides, pad, dilations = 1, dataFormat, dimRoundingMode }: ConvolutionAttributes,
): Sizes | undefined {
  if (dataFormat !== 'NHWC' || inputShape.length !== 4) return undefined
  const info = backend_util.computeConv2DInfo(
    inputShape as Shape4,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  )
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return undefined
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info
  if (batchSize * outHeight * outWidth < 1) return undefined
  const downAcross = [info.strideHeight, info.strideWidth] as const
  return {
    batch: batchSize,
    image: { height: inHeight, width: inWidth, channels: inChannels },
    imageFloats: inHeight * inWidth * inChannels,
    input: { height: inHeight, width: inWidth },
    output: { height: outHeight, width: outWidth },
    filter: [info.filterHeight, info.filterWidth],
    strides: downAcross,
    top: padInfo.top,
    left: padInfo.left,
    outputChannels: outChannels,
    outputShape: [batchSize, outHeight, outWidth, outChannels],
    convolution: {
      ...{ height: outHeight, width: outWidth, filterRows: info.filterHeight, strides: downAcross },
      ...{ rowTaps: info.filterWidth * inChannels, outputChannels: outChannels },
    },
  }
}

export function hasShape(tensor: TensorInfo, shape: readonly number[]): boolean {
  return tensor.shape.length === shape.length && tensor.shape.every((size, index) => size === shape[index])
}

/** An image as a convolution reads it: in place, or copied into a thread's scratch with a border. */
export interface ReadableImage {
  readonly corner: Operand
  readonly pitch: Pitch
  readonly bytes: number
  readonly copy?: Instruction
}

/** The input with the border that the forward convolution needs. */
export function paddedImage(size: ImageSize, border: Border, floats: number, pointer: number): ReadableImage {
  const source = atAddress(pointer, 4 * floats)
  const plain = densePitch(size.width, size.channels)
  const { top, bottom, left, right } = border
  if (top + bottom + left + right === 0) return { corner: source, pitch: plain, bytes: 0 }
  const pitch = densePitch(left + size.width + right, size.channels)
  const target = inArena(top * pitch.rowBytes + left * pitch.pixelBytes)
  return {
    ...{ corner: inArena(0), pitch, bytes: (top + size.height + bottom) * pitch.rowBytes },
    copy: copyImage(source, target, size, plain, pitch),
  }
}

/** The output gradient with its pixels as far apart as the strides. */
export function spreadImage(
  { strides, output, outputChannels }: Sizes,
  { height, width, border, top, left }: ReturnType<typeof turnedGeometry>,
  pointer: number,
): ReadableImage {
  const plain = densePitch(output.width, outputChannels)
  const pitch = densePitch(border.left + width + border.right, outputChannels)
  const target = inArena(border.top * pitch.rowBytes + border.left * pitch.pixelBytes)
  const spread = { rowBytes: strides[0] * pitch.rowBytes, pixelBytes: strides[1] * pitch.pixelBytes }
  return {
    ...{ pitch, bytes: (border.top + height + border.bottom) * pitch.rowBytes },
    corner: shifted(target, -top * pitch.rowBytes - left * pitch.pixelBytes),
    copy: copyImage(
      atAddress(pointer, output.height * plain.rowBytes),
      target,
      { ...output, channels: outputChannels },
      plain,
      spread,
    ),
  }
}
