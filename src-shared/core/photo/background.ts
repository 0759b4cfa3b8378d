// The plain way of finding the background, which is the dataset's own: the corners say what it looks like.
import type { LabPixels } from './colour.ts'

/** A mean colour in Lab and how far the pixels lie from it. */
export interface BorderColour {
  readonly lab: readonly [number, number, number]
  /** Root mean square distance in Lab. */
  readonly spread: number
}

/** Of the possible range in Lab: white to black. */
const RANGE = 100
const CORNER_SHARE = 0.04

/** Numbers of the pixels within `depth` of the edge. */
export function listBorder(width: number, height: number, depth: number): number[] {
  const pixels: number[] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isInside = x >= depth && y >= depth && x < width - depth && y < height - depth
      if (!isInside) pixels.push(y * width + x)
    }
  return pixels
}

/** Numbers of the pixels in the four corners. */
export function listCorners(width: number, height: number): number[] {
  const size = Math.max(1, Math.round(Math.min(width, height) * CORNER_SHARE))
  const pixels: number[] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isCorner = (x < size || x >= width - size) && (y < size || y >= height - size)
      if (isCorner) pixels.push(y * width + x)
    }
  return pixels
}

/** The median of each coordinate, which a garment that reaches into a corner does not move. */
export function measureColour(lab: LabPixels, pixels: readonly number[]): BorderColour {
  const coordinate = (c: number): number =>
    median(Float32Array.from(pixels, (pixel) => lab[pixel * 3 + c] ?? 0))
  const colour = [coordinate(0), coordinate(1), coordinate(2)] as const
  const squares = pixels.reduce((sum, pixel) => sum + distance(lab, pixel, colour) ** 2, 0)
  return { lab: colour, spread: Math.sqrt(squares / Math.max(1, pixels.length)) }
}

/** 1 where a pixel is farther from the colour than the tolerance (a share of the range), 0 elsewhere. */
export function maskByColour(lab: LabPixels, colour: BorderColour, tolerance: number): Uint8Array {
  return Uint8Array.from({ length: lab.length / 3 }, (_, pixel) =>
    distance(lab, pixel, colour.lab) > tolerance * RANGE ? 1 : 0,
  )
}

export function distance(
  lab: LabPixels,
  pixel: number,
  [l, a, b]: readonly [number, number, number],
): number {
  return Math.hypot((lab[pixel * 3] ?? 0) - l, (lab[pixel * 3 + 1] ?? 0) - a, (lab[pixel * 3 + 2] ?? 0) - b)
}

export function median(values: Float32Array): number {
  const sorted = values.toSorted()
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
