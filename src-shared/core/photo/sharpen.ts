// Sharpening: what a Gaussian blur takes away is added again. Radius and deviation of 1 pixel, as the dataset was made.
// Source: arXiv:1708.07747, section 2, step 4.
import type { Plane } from './photo.ts'

const KERNEL = gaussian(1, 1)

/** @param strength 0 changes nothing; 1 adds the whole difference */
export function sharpenPlane({ width, height, values }: Plane, strength: number): Plane {
  const blurred = blur(blur(values, width, height, 1, 0), width, height, 0, 1)
  const sharpened = values.map((value, i) => {
    const moved = value + strength * (value - (blurred[i] ?? 0))
    return Math.max(0, Math.min(255, moved))
  })
  return { width, height, values: sharpened }
}

/** Along one direction; at the edges the outermost pixel goes on. */
function blur(
  values: Float32Array,
  width: number,
  height: number,
  stepX: number,
  stepY: number,
): Float32Array {
  const radius = (KERNEL.length - 1) / 2
  return values.map((_, i) => {
    const x = i % width
    const y = Math.floor(i / width)
    return KERNEL.reduce((sum, weight, k) => {
      const sourceX = Math.max(0, Math.min(width - 1, x + (k - radius) * stepX))
      const sourceY = Math.max(0, Math.min(height - 1, y + (k - radius) * stepY))
      return sum + weight * (values[sourceY * width + sourceX] ?? 0)
    }, 0)
  })
}

function gaussian(radius: number, deviation: number): readonly number[] {
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
