// Cloth lies as it falls: sleeves apart or folded, a hem askew. The image is bent smoothly, by shifts at the knots of a
// coarse grid and in proportion between them.
// Source: elastic distortions, Simard, Steinkraus and Platt 2003, on a grid instead of smoothed noise.
import type { Random } from '../../random.ts'
import { sample } from './warp.ts'

const CHANCE = 0.6
/** Knots along each side. */
const KNOTS = 4
/** Of a side of the image. */
const MAX_SHIFT = 0.085

/** @returns whether `target` was written: without the chance for it, nothing happens */
export function bendImage(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  random: Random,
): boolean {
  if (random.uniform(0, 1) >= CHANCE) return false
  const most = MAX_SHIFT * random.uniform(0.3, 1)
  const shiftsX = Float32Array.from({ length: KNOTS * KNOTS }, () => random.uniform(-most, most) * width)
  const shiftsY = Float32Array.from({ length: KNOTS * KNOTS }, () => random.uniform(-most, most) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const gridX = (x / (width - 1)) * (KNOTS - 1)
      const gridY = (y / (height - 1)) * (KNOTS - 1)
      const atX = x + between(shiftsX, gridX, gridY)
      const atY = y + between(shiftsY, gridX, gridY)
      target[y * width + x] = sample(source, width, height, atX, atY)
    }
  return true
}

function between(values: Float32Array, x: number, y: number): number {
  const left = Math.min(KNOTS - 2, Math.floor(x))
  const top = Math.min(KNOTS - 2, Math.floor(y))
  const right = x - left
  const low = y - top
  const at = top * KNOTS + left
  const upper = (1 - right) * (values[at] ?? 0) + right * (values[at + 1] ?? 0)
  const lower = (1 - right) * (values[at + KNOTS] ?? 0) + right * (values[at + KNOTS + 1] ?? 0)
  return (1 - low) * upper + low * lower
}
