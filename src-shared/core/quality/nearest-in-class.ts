// How far each image is from its own kind: the mean distance to its k nearest training images of the same class. This is
// the k-nearest-neighbour outlier score of Angiulli and Pizzuti (2002), divided by k.
// Distances are taken along the principal directions, which for 28 x 28 garments hold some nine tenths of the variance.
import { findComponents, project } from './principal-components.ts'
import { groupImages, type ImagePool } from './image-pool.ts'

const DIRECTIONS = 32
/** Of these directions, which come first and are the widest, most distances are ruled out. */
const FIRST_DIRECTIONS = 8

export interface ClassDistances {
  /** Mean distance of each image to its nearest neighbours; NaN where it has none. [count] */
  readonly distances: Float64Array
  /** How many neighbours were asked for. */
  readonly neighbours: number
}

export interface ClassPoints {
  readonly stride: number
  /** [images, stride], in the order of `images`. */
  readonly coordinates: Float32Array
  readonly images: Uint32Array
}

/** The images of each class as points, in the order of the classes. */
export function placeClasses(pool: ImagePool): ClassPoints[] {
  const components = findComponents(pool, Math.min(DIRECTIONS, pool.size))
  return groupImages(pool).map((images) => ({
    stride: components.count,
    images,
    coordinates: project(components, pool, images),
  }))
}

/**
 * @param neighbours k; an image of a class with fewer other training images makes do with those
 * @param onProgress told the share that is done, now and then
 */
export function measureClassDistances(
  pool: Pick<ImagePool, 'count' | 'trainCount'>,
  classes: readonly ClassPoints[],
  neighbours: number,
  onProgress: (share: number) => void = () => undefined,
): ClassDistances {
  const distances = new Float64Array(pool.count).fill(Number.NaN)
  let done = 0
  for (const points of classes) {
    const references = points.images.filter((image) => image < pool.trainCount).length
    points.images.forEach((image, place) => {
      if (done++ % 500 === 0) onProgress(done / pool.count)
      distances[image] = meanOfNearest(points, place, references, neighbours)
    })
  }
  return { distances, neighbours }
}

/** Training images stand first among the images of a class: `references` of them. */
function meanOfNearest(points: ClassPoints, place: number, references: number, neighbours: number): number {
  const nearest = new Float64Array(Math.min(neighbours, references - (place < references ? 1 : 0)))
  if (nearest.length === 0) return Number.NaN
  nearest.fill(Number.POSITIVE_INFINITY)
  let farthest = Number.POSITIVE_INFINITY
  for (let other = 0; other < references; other++) {
    if (other === place) continue
    const squared = squaredDistanceBelow(points, place, other, farthest)
    if (squared >= farthest) continue
    insert(nearest, squared)
    farthest = nearest.at(-1) ?? farthest
  }
  return nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / nearest.length
}

/** The squared distance, or something that is at least `limit` where it is. */
function squaredDistanceBelow(
  { coordinates, stride }: ClassPoints,
  first: number,
  second: number,
  limit: number,
): number {
  const [a, b] = [first * stride, second * stride]
  const split = Math.min(FIRST_DIRECTIONS, stride)
  let sum = 0
  for (let at = 0; at < split; at++) {
    const difference = (coordinates[a + at] ?? 0) - (coordinates[b + at] ?? 0)
    sum += difference * difference
  }
  if (sum >= limit) return sum
  for (let at = split; at < stride; at++) {
    const difference = (coordinates[a + at] ?? 0) - (coordinates[b + at] ?? 0)
    sum += difference * difference
  }
  return sum
}

/** Puts a value into an ascending list and drops its largest. */
function insert(values: Float64Array, value: number): void {
  let at = values.length - 1
  for (; at > 0 && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0
  values[at] = value
}
