// How an image looks, in numbers that can be compared: a small picture of its tones, how much of it is covered, and how rough
// it is. Judging strangeness by these works better than by the features of the networks themselves.
import { resizePlane } from '../shrink.ts'

export const LOOK_SIDE = 14
export const LOOK_SIZE = LOOK_SIDE * LOOK_SIDE
/** Length of every small picture, so that bright and dark images of one shape are near each other. */
const LENGTH = 800
/** Brighter than this is covered. */
const COVERED = 10

export interface Look {
  /** LOOK_SIZE bytes. */
  readonly tones: Uint8Array
  /** Share of the pixels that are not background. */
  readonly coverage: number
  /** Mean step from a covered pixel to the one on its right, 0..1. */
  readonly roughness: number
}

/** @param pixels [height, width] bytes, 0 background */
export function describeLook(pixels: Uint8Array, width: number, height: number): Look {
  const plane = { width, height, values: Float32Array.from(pixels) }
  const { values } = resizePlane(plane, LOOK_SIDE, LOOK_SIDE)
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
  let covered = 0
  let steps = 0
  let sum = 0
  pixels.forEach((value, i) => {
    if (value <= COVERED) return
    covered += 1
    if (i % width === width - 1) return
    steps += 1
    sum += Math.abs(value - (pixels[i + 1] ?? 0))
  })
  return {
    tones: Uint8Array.from(values, (value) => Math.min(255, Math.round((value * LENGTH) / length))),
    coverage: covered / pixels.length,
    roughness: sum / Math.max(1, steps) / 255,
  }
}
