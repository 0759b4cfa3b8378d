// Borders and corners of convolutions, as all convolution kernels need them.

/** Sizes of a convolution between one input and one output image; padding only above and left is needed. */
export interface ConvolutionSizes {
  readonly input: { readonly height: number; readonly width: number }
  readonly output: { readonly height: number; readonly width: number }
  readonly filter: readonly [rows: number, columns: number]
  readonly strides: readonly [down: number, across: number]
  readonly top: number
  readonly left: number
}

/** Pixels of zeros on the four sides of an image. */
export interface Border {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The border with which every output pixel's patch lies inside the input. */
export function forwardBorder({ input, output, filter, strides, top, left }: ConvolutionSizes): Border {
  const bottom = (output.height - 1) * strides[0] + filter[0] - top - input.height
  const right = (output.width - 1) * strides[1] + filter[1] - left - input.width
  return { top, left, bottom: Math.max(bottom, 0), right: Math.max(right, 0) }
}

/**
 * The input gradient is a convolution (stride 1, turned filter) of the output gradient with its pixels `strides` apart.
 * @returns the size of that spread image, its border, and how far above and left of its first pixel the patches begin
 * (negative where a large padding lets them begin inside).
 */
export function turnedGeometry({ input, output, filter, strides, ...padding }: ConvolutionSizes): {
  height: number
  width: number
  border: Border
  top: number
  left: number
} {
  const height = (output.height - 1) * strides[0] + 1
  const width = (output.width - 1) * strides[1] + 1
  const top = filter[0] - 1 - padding.top
  const left = filter[1] - 1 - padding.left
  const border = {
    top: Math.max(top, 0),
    left: Math.max(left, 0),
    bottom: Math.max(input.height + filter[0] - 1 - top - height, 0),
    right: Math.max(input.width + filter[1] - 1 - left - width, 0),
  }
  return { height, width, border, top, left }
}
