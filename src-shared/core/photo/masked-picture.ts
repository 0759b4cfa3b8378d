// The picture between cut-out and input: pixels with a share of garment each, cut to a box and shown in several ways.
import type { Box, Photo, Plane, StepImage } from './photo.ts'
import { toByte } from './shrink.ts'

/** The smallest box around all pixels of the mask; null when it is empty. */
export function boundMask(mask: Uint8Array, width: number): Box | null {
  let left = width
  let right = 0
  let top = Number.POSITIVE_INFINITY
  let bottom = 0
  mask.forEach((value, i) => {
    if (value === 0) return
    const x = i % width
    const y = Math.floor(i / width)
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  })
  return right === 0 ? null : { left, top, right, bottom }
}

export function cropPlane(values: ArrayLike<number>, width: number, box: Box): Plane {
  const cropWidth = box.right - box.left
  const cropped = new Float32Array(cropWidth * (box.bottom - box.top))
  for (let i = 0; i < cropped.length; i++) {
    const x = box.left + (i % cropWidth)
    const y = box.top + Math.floor(i / cropWidth)
    cropped[i] = values[y * width + x] ?? 0
  }
  return { width: cropWidth, height: box.bottom - box.top, values: cropped }
}

/** The photo inside the box, transparent where the mask is 0. */
export function showCutOut(photo: Photo, mask: Uint8Array, box: Box): StepImage {
  const width = box.right - box.left
  const height = box.bottom - box.top
  const pixels = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const source = (box.top + Math.floor(i / width)) * photo.width + box.left + (i % width)
    const [red = 0, green = 0, blue = 0, alpha = 0] = photo.pixels.subarray(source * 4, source * 4 + 4)
    pixels.set([red, green, blue, mask[source] === 0 ? 0 : alpha], i * 4)
  }
  return { width, height, channels: 4, pixels }
}

export function showPlane({ width, height, values }: Plane): StepImage {
  return { width, height, channels: 1, pixels: Uint8Array.from(values, toByte) }
}

/** Puts the plane into the middle of a square of zeros; an odd pixel goes to the right and to the bottom. */
export function centrePlane({ width, height, values }: Plane, side: number): Plane {
  const left = Math.floor((side - width) / 2)
  const top = Math.floor((side - height) / 2)
  const square = new Float32Array(side * side)
  for (let y = 0; y < height; y++)
    square.set(values.subarray(y * width, (y + 1) * width), (top + y) * side + left)
  return { width: side, height: side, values: square }
}
