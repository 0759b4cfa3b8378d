// Training images as they look, to find those that are most like a photo.
import type { Neighbour } from '../../../verdict.ts'
import type { Selection } from '../../training/batches.ts'
import { chooseEvenly } from './choose-evenly.ts'
import { describeLook, LOOK_SIZE } from './look.ts'

export interface References {
  /** [count, LOOK_SIZE] bytes. */
  readonly tones: Uint8Array
  readonly labels: Uint8Array
  /** Numbers of the images in the dataset's training images. */
  readonly indices: Uint32Array
}

const MOST = 10_000

/** At most so many of the training images, evenly from all of them. */
export function buildReferences({ source, indices }: Selection, width: number, height: number): References {
  const chosen = chooseEvenly(indices, MOST)
  const tones = new Uint8Array(chosen.length * LOOK_SIZE)
  const size = width * height
  chosen.forEach((index, i) => {
    const pixels = source.pixels.subarray(index * size, (index + 1) * size)
    tones.set(describeLook(pixels, width, height).tones, i * LOOK_SIZE)
  })
  return { tones, labels: Uint8Array.from(chosen, (index) => source.labels[index] ?? 0), indices: chosen }
}

/** The references most alike, nearest first; of equals the first one. */
export function findNearest(references: References, tones: Uint8Array, count: number): Neighbour[] {
  const nearest: { at: number; square: number }[] = []
  for (let at = 0; at < references.indices.length; at++) {
    const limit = nearest.length < count ? Number.POSITIVE_INFINITY : (nearest.at(-1)?.square ?? 0)
    const square = squareDistance(references.tones, at * LOOK_SIZE, tones, limit)
    if (square >= limit) continue
    const place = nearest.findIndex((one) => one.square > square)
    nearest.splice(place < 0 ? nearest.length : place, 0, { at, square })
    if (nearest.length > count) nearest.pop()
  }
  return nearest.map(({ at, square }) => ({
    index: references.indices[at] ?? 0,
    label: references.labels[at] ?? 0,
    distance: Math.sqrt(square),
  }))
}

/** Gives up, with a number above it, as soon as the limit is passed. */
function squareDistance(all: Uint8Array, start: number, own: Uint8Array, limit: number): number {
  let sum = 0
  for (let i = 0; i < LOOK_SIZE; i++) {
    const difference = (all[start + i] ?? 0) - (own[i] ?? 0)
    sum += difference * difference
    if (sum >= limit) return sum
  }
  return sum
}
