// Where a garment lies in its image: turned, scaled, stretched, sheared, shifted, mirrored.
import type { Random } from '../../random.ts'

/** From a place in the new image to the place in the old one, both measured from the middle. */
export interface Warp {
  readonly xx: number
  readonly xy: number
  readonly yx: number
  readonly yy: number
  /** In the new image, as shares of its sides. */
  readonly shiftX: number
  readonly shiftY: number
}

const MAX_TURN = 0.3 // radians
const SMALLEST_LOG = -0.25
const LARGEST_LOG = 0.12
const MAX_STRETCH_LOG = 0.22
const MAX_SHEAR = 0.18
const MAX_SHIFT = 0.09

export function drawWarp(random: Random): Warp {
  const turn = random.uniform(-MAX_TURN, MAX_TURN) * random.uniform(0, 1)
  const scale = Math.exp(random.uniform(SMALLEST_LOG, LARGEST_LOG))
  const stretch = Math.exp(random.uniform(-MAX_STRETCH_LOG, MAX_STRETCH_LOG))
  const shear = random.uniform(-MAX_SHEAR, MAX_SHEAR)
  const mirror = random.uniform(0, 1) < 0.5 ? -1 : 1
  const shiftX = random.uniform(-MAX_SHIFT, MAX_SHIFT)
  const shiftY = random.uniform(-MAX_SHIFT, MAX_SHIFT)
  const cos = Math.cos(turn)
  const sin = Math.sin(turn)
  const across = mirror / (scale * stretch)
  const down = stretch / scale
  return {
    xx: across * (cos + shear * sin),
    xy: across * (shear * cos - sin),
    yx: down * sin,
    yy: down * cos,
    shiftX,
    shiftY,
  }
}

/** Samples between the four nearest pixels; outside of the old image is nothing. */
export function warpImage(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  { xx, xy, yx, yy, shiftX, shiftY }: Warp,
): void {
  const middleX = (width - 1) / 2
  const middleY = (height - 1) / 2
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromX = x - middleX - shiftX * width
      const fromY = y - middleY - shiftY * height
      const atX = xx * fromX + xy * fromY + middleX
      const atY = yx * fromX + yy * fromY + middleY
      target[y * width + x] = sample(source, width, height, atX, atY)
    }
}

/** The value between the four nearest pixels; nothing outside. */
export function sample(source: Float32Array, width: number, height: number, x: number, y: number): number {
  if (x <= -1 || y <= -1 || x >= width || y >= height) return 0
  const left = Math.floor(x)
  const top = Math.floor(y)
  const right = x - left
  const low = y - top
  const isLeft = left >= 0
  const isRight = left + 1 < width
  const at = top * width + left
  let value = 0
  if (top >= 0) {
    if (isLeft) value += (1 - right) * (1 - low) * (source[at] ?? 0)
    if (isRight) value += right * (1 - low) * (source[at + 1] ?? 0)
  }
  if (top + 1 < height) {
    if (isLeft) value += (1 - right) * low * (source[at + width] ?? 0)
    if (isRight) value += right * low * (source[at + width + 1] ?? 0)
  }
  return value
}
