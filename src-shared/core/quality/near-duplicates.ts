// Pairs of images that are almost the same. The measure is exact and on the pixels: the Euclidean distance of two images
// as a share of the length of the fainter one, |x - y| / min(|x|, |y|), where 0 is equal and two unrelated garments are
// near 1. The share makes a thin sandal and a full coat comparable.
//
// No pair within the limit is missed: images are sorted along the widest principal direction, only those whose
// coordinates are near enough are compared at all, more coordinates rule out most of them, and what is left is measured
// on all pixels. (Distances between coordinates are never larger than those between pixels, see principal-components.ts.)
import { findComponents, project } from './principal-components.ts'
import type { ImagePool } from './image-pool.ts'

/** @param distance share, see above */
export type VisitPair = (first: number, second: number, distance: number) => void

const DIRECTIONS = 12
/** Coordinates are rounded to float32; nothing may be ruled out by that. */
const SLACK = 1e-3
const REPORT_EVERY = 1000

/**
 * @param images those to compare with each other
 * @param limit the largest distance to report, as a share
 * @param visit told of every pair, the earlier image first, in no particular order
 * @param onProgress told the share that is done, now and then
 */
export function findNearDuplicates(
  pool: ImagePool,
  images: Uint32Array,
  limit: number,
  visit: VisitPair,
  onProgress: (share: number) => void = () => undefined,
): void {
  const lengths = measureLengths(pool)
  const { sorted, coordinates, stride } = sortAlongWidest(pool, images)
  for (let i = 0; i < sorted.length; i++) {
    if (i % REPORT_EVERY === 0) onProgress(i / sorted.length)
    const first = sorted[i] ?? 0
    const length = lengths[first] ?? 0
    const end = (coordinates[i * stride] ?? 0) + limit * length + SLACK
    for (let j = i + 1; j < sorted.length && (coordinates[j * stride] ?? 0) <= end; j++) {
      const second = sorted[j] ?? 0
      const shorter = Math.min(length, lengths[second] ?? 0)
      const farthest = limit * shorter + SLACK
      if (areApart(coordinates, stride, i, j, farthest * farthest)) continue
      const distance = shareOf(Math.sqrt(measureSquaredDistance(pool, first, second)), shorter)
      if (distance <= limit) visit(Math.min(first, second), Math.max(first, second), distance)
    }
  }
}

/** The measure of this file, for one pair. */
export function measureDistance(pool: ImagePool, first: number, second: number): number {
  const lengths = [first, second].map((image) => measureLength(pool, image))
  return shareOf(Math.sqrt(measureSquaredDistance(pool, first, second)), Math.min(...lengths))
}

/** Two images without any ink are equal; one of them is as far from any other as can be. */
function shareOf(distance: number, shorter: number): number {
  if (distance === 0) return 0
  return shorter === 0 ? Number.POSITIVE_INFINITY : distance / shorter
}

function sortAlongWidest(pool: ImagePool, images: Uint32Array) {
  const components = findComponents(pool, Math.min(DIRECTIONS, pool.size))
  const stride = components.count
  const unsorted = project(components, pool, images)
  const places = Uint32Array.from(images.keys()).sort(
    (a, b) => (unsorted[a * stride] ?? 0) - (unsorted[b * stride] ?? 0),
  )
  const coordinates = new Float32Array(images.length * stride)
  places.forEach((from, to) => {
    coordinates.set(unsorted.subarray(from * stride, (from + 1) * stride), to * stride)
  })
  return { sorted: places.map((place) => images[place] ?? 0), coordinates, stride }
}

/** Whether the coordinates alone say that the squared distance is above the limit. */
function areApart(coordinates: Float32Array, stride: number, i: number, j: number, limit: number): boolean {
  const [a, b] = [i * stride, j * stride]
  let sum = 0
  for (let at = 0; at < stride; at++) {
    const difference = (coordinates[a + at] ?? 0) - (coordinates[b + at] ?? 0)
    sum += difference * difference
    if (sum > limit) return true
  }
  return false
}

function measureSquaredDistance({ pixels, size }: ImagePool, first: number, second: number): number {
  const [a, b] = [first * size, second * size]
  let sum = 0
  for (let at = 0; at < size; at++) {
    const difference = (pixels[a + at] ?? 0) - (pixels[b + at] ?? 0)
    sum += difference * difference
  }
  return sum
}

function measureLengths(pool: ImagePool): Float64Array {
  return Float64Array.from({ length: pool.count }, (_, image) => measureLength(pool, image))
}

function measureLength({ pixels, size }: ImagePool, image: number): number {
  let sum = 0
  for (let at = image * size; at < (image + 1) * size; at++) sum += (pixels[at] ?? 0) ** 2
  return Math.sqrt(sum)
}
