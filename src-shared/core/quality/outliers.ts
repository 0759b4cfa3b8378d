// Images that look like no other of their class. The score is how many times as far as usual an image is from its nearest
// neighbours of the class; what is outside of a class is decided by Tukey's inner fence (Exploratory Data Analysis, 1977):
// the third quartile plus 1.5 times the distance between the quartiles, here of the logarithms, because distances are
// skewed.
import type { ImagePool } from './image-pool.ts'
import type { ClassDistances, ClassPoints } from './nearest-in-class.ts'

export interface Outlier {
  readonly image: number
  /** Distance over the median of the class: 1 is usual. */
  readonly score: number
}

/** Tukey's inner fence. */
const FENCE = 1.5
/** Quartiles of fewer images say nothing. */
const LEAST_IMAGES = 20

/** Those that are outside, the farthest first. */
export function findOutliers({ distances }: ClassDistances, classes: readonly ClassPoints[]): Outlier[] {
  return classes
    .flatMap(({ images }) => {
      const found = [...images].filter((image) => (distances[image] ?? 0) > 0)
      if (found.length < LEAST_IMAGES) return []
      const sorted = found.map((image) => Math.log(distances[image] ?? 1)).sort((a, b) => a - b)
      const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)]
      const fence = high + FENCE * (high - low)
      const usual = Math.exp(quantile(sorted, 0.5))
      return found
        .filter((image) => Math.log(distances[image] ?? 1) > fence)
        .map((image) => ({ image, score: (distances[image] ?? 0) / usual }))
    })
    .sort((a, b) => b.score - a.score || a.image - b.image)
}

/** Linear between the two values around it (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

const TYPICAL = 3
/** Of larger classes as many, at even steps: their middle is the same. */
const SAMPLE = 800

/**
 * Three typical training images of each class: the medoid, then twice the image that brings the rest of the class
 * nearest to one of them. This is the BUILD phase of partitioning around medoids (Kaufman and Rousseeuw 1990).
 */
export function findTypicalImages(
  { trainCount }: Pick<ImagePool, 'trainCount'>,
  points: ClassPoints,
): number[] {
  const references = points.images.filter((image) => image < trainCount).length
  const step = Math.max(1, references / SAMPLE)
  const places = Array.from({ length: Math.ceil(references / step) }, (_, at) => Math.floor(at * step))
  const nearest = new Float64Array(places.length).fill(Number.POSITIVE_INFINITY)
  const chosen: number[] = []
  while (chosen.length < Math.min(TYPICAL, places.length)) {
    const best = findBestMedoid(points, places, nearest, chosen)
    chosen.push(best)
    places.forEach((place, at) => {
      nearest[at] = Math.min(nearest[at] ?? 0, distanceBetween(points, place, best))
    })
  }
  return chosen.map((place) => points.images[place] ?? 0)
}

function findBestMedoid(
  points: ClassPoints,
  places: readonly number[],
  nearest: Float64Array,
  chosen: readonly number[],
): number {
  let [best, least] = [places[0] ?? 0, Number.POSITIVE_INFINITY]
  for (const candidate of places) {
    if (chosen.includes(candidate)) continue
    let sum = 0
    for (let at = 0; at < places.length && sum < least; at++) {
      sum += Math.min(nearest[at] ?? 0, distanceBetween(points, places[at] ?? 0, candidate))
    }
    if (sum < least) [best, least] = [candidate, sum]
  }
  return best
}

function distanceBetween({ coordinates, stride }: ClassPoints, first: number, second: number): number {
  let sum = 0
  for (let at = 0; at < stride; at++) {
    const difference = (coordinates[first * stride + at] ?? 0) - (coordinates[second * stride + at] ?? 0)
    sum += difference * difference
  }
  return Math.sqrt(sum)
}
