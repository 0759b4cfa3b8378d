// Numbers that take a look at every pixel: brightness, distances, and what a class looks like on average. For the 55
// million pixels of Fashion-MNIST each takes some tens of milliseconds, so they belong into a thread of their own.
import { type JoinedImages, pixelsOf } from './joined-images.ts'

/** Mean of the pixels of every image, 0..1. */
export function measureBrightness({ count, imageSize, parts }: JoinedImages): Float32Array {
  const brightness = new Float32Array(count)
  let image = 0
  for (const pixels of parts) {
    for (let start = 0; start < pixels.length; start += imageSize) {
      let sum = 0
      for (let at = start; at < start + imageSize; at++) sum += pixels[at] ?? 0
      brightness[image++] = sum / (255 * imageSize)
    }
  }
  return brightness
}

/** Root of the mean squared difference of pixels from one image to every image: 0 for equal ones, at most 1. */
export function measureDistances(images: JoinedImages, from: number): Float32Array {
  const { count, imageSize, parts } = images
  const distances = new Float32Array(count)
  // A copy as whole numbers: of all ways to write this loop, V8 runs this one fastest.
  const given = Int32Array.from(pixelsOf(images, from))
  let image = 0
  for (const pixels of parts) {
    for (let start = 0; start < pixels.length; start += imageSize) {
      let sum = 0
      for (let at = 0; at < imageSize; at++) {
        const difference = (pixels[start + at] ?? 0) - (given[at] ?? 0)
        sum += difference * difference
      }
      distances[image++] = Math.sqrt(sum / imageSize) / 255
    }
  }
  return distances
}

export interface Neighbour {
  readonly image: number
  readonly distance: number
}

/** The `count` nearest of each split, nearest first and lower numbers before higher ones, without the image itself. */
export function findNeighbours(
  { trainCount, count: all }: JoinedImages,
  distances: Float32Array,
  image: number,
  count: number,
): { readonly train: Neighbour[]; readonly test: Neighbour[] } {
  const nearest = (from: number, to: number): Neighbour[] => {
    const found: Neighbour[] = []
    for (let other = from; other < to; other++) {
      const distance = distances[other] ?? Infinity
      const last = found.at(-1)
      if (other === image || (found.length === count && last !== undefined && distance >= last.distance))
        continue
      let place = found.length
      while (place > 0 && (found[place - 1]?.distance ?? 0) > distance) place--
      found.splice(place, 0, { image: other, distance })
      if (found.length > count) found.pop()
    }
    return found
  }
  return { train: nearest(0, trainCount), test: nearest(trainCount, all) }
}

/**
 * For each class the mean of its images over both splits and their standard deviation (of all of them, not a sample),
 * rounded to whole tones; black for a class without images.
 * @returns `classCount * 2 * imageSize` bytes: mean and spread of the first class, then of the next
 */
export function averageClasses(images: JoinedImages): Uint8Array<ArrayBuffer> {
  const { labels, classCount, imageSize, trainCount, parts } = images
  const sums = new Float64Array(classCount * imageSize)
  const squares = new Float64Array(classCount * imageSize)
  parts.forEach((pixels, part) => {
    const first = part === 0 ? 0 : trainCount
    for (let start = 0, image = first; start < pixels.length; start += imageSize, image++) {
      const offset = (labels[image] ?? 0) * imageSize
      for (let at = 0; at < imageSize; at++) {
        const pixel = pixels[start + at] ?? 0
        sums[offset + at] = (sums[offset + at] ?? 0) + pixel
        squares[offset + at] = (squares[offset + at] ?? 0) + pixel * pixel
      }
    }
  })
  const counts = countLabels(labels, classCount)
  const averages = new Uint8Array(classCount * 2 * imageSize)
  sums.forEach((sum, place) => {
    const label = Math.floor(place / imageSize)
    const count = Math.max(1, counts[label] ?? 0)
    const mean = sum / count
    const at = label * 2 * imageSize + (place % imageSize)
    averages[at] = Math.round(mean)
    averages[at + imageSize] = Math.round(Math.sqrt(Math.max(0, (squares[place] ?? 0) / count - mean * mean)))
  })
  return averages
}

export function countLabels(labels: Uint8Array, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

/** How many images of each class have a brightness in each of `bins` equal steps from 0 to 1. */
export function countBrightness(images: JoinedImages, brightness: Float32Array, bins: number): number[][] {
  const counts = Array.from({ length: images.classCount }, () => new Array<number>(bins).fill(0))
  brightness.forEach((value, image) => {
    const bin = Math.min(bins - 1, Math.floor(value * bins))
    const row = counts[images.labels[image] ?? 0]
    if (row !== undefined) row[bin] = (row[bin] ?? 0) + 1
  })
  return counts
}
