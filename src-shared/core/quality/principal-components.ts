// The directions in which images differ most, and images as coordinates along them. The directions are orthonormal, so a
// distance between coordinates is never larger than the distance between pixels: what it rules out is ruled out for good.
// Method: orthogonal (subspace) iteration on the covariance, Golub and Van Loan, Matrix Computations, 8.2.4. It stops
// before full convergence, which costs a little sharpness and no correctness.
// Of large images neighbouring values of one colour are added up first, so that the covariance stays small: sums over parts
// that do not overlap, each divided by the root of its length, are orthonormal directions as well.
import { Random } from '../random.ts'
import type { ImagePool } from './image-pool.ts'

/** A covariance of so many values takes 8 MB; images of 28 x 28 are below, and nothing of them is added up. */
const MOST_VALUES = 1024
const SAMPLE = 3000
const ROUNDS = 12
const SEED = 1

export interface Components {
  /** Of an image as `readValues` gives it. [values] */
  readonly mean: Float64Array
  /** Orthonormal rows, the widest direction first. [count, values] */
  readonly directions: Float64Array
  readonly count: number
}

/** @param count at most the number of pixels */
export function findComponents(pool: ImagePool, count: number): Components {
  const { mean, covariance } = estimateCovariance(pool)
  const size = mean.length
  const random = new Random(SEED)
  let directions = Float64Array.from({ length: count * size }, () => random.uniform(-1, 1))
  orthonormalise(directions, size)
  for (let round = 0; round < ROUNDS; round++) {
    directions = multiply(directions, covariance, size)
    orthonormalise(directions, size)
  }
  return { mean, directions, count }
}

/** Coordinates of images along the directions. [images, count] */
export function project(
  { mean, directions, count }: Components,
  pool: ImagePool,
  images: Uint32Array,
): Float32Array {
  const coordinates = new Float32Array(images.length * count)
  const size = mean.length
  const centred = new Float64Array(size)
  images.forEach((image, row) => {
    readValues(pool, image, centred)
    for (let at = 0; at < size; at++) centred[at] = (centred[at] ?? 0) - (mean[at] ?? 0)
    for (let direction = 0; direction < count; direction++) {
      coordinates[row * count + direction] = dot(directions, direction * size, centred, 0, size)
    }
  })
  return coordinates
}

/** How many neighbouring pixels are added up. */
function lengthOfPart({ size }: ImagePool): number {
  return Math.ceil(size / MOST_VALUES)
}

function countValues(pool: ImagePool): number {
  const { size, channels } = pool
  return Math.ceil(size / channels / lengthOfPart(pool)) * channels
}

/** The bytes of an image as numbers, neighbours of one colour added up where there are many. */
function readValues(pool: ImagePool, image: number, values: Float64Array): void {
  const { pixels, size, channels } = pool
  const length = lengthOfPart(pool)
  if (length === 1) {
    values.set(pixels.subarray(image * size, (image + 1) * size))
    return
  }
  const scale = 1 / Math.sqrt(length)
  values.fill(0)
  for (let at = 0; at < size; at++) {
    const channel = at % channels
    const place = Math.floor((at - channel) / channels / length) * channels + channel
    values[place] = (values[place] ?? 0) + (pixels[image * size + at] ?? 0) * scale
  }
}

/** From images at even steps through the whole pool. */
function estimateCovariance(pool: ImagePool) {
  const { count } = pool
  const size = countValues(pool)
  const step = Math.max(1, Math.floor(count / SAMPLE))
  const mean = new Float64Array(size)
  const values = new Float64Array(size)
  let images = 0
  for (let image = 0; image < count; image += step) {
    readValues(pool, image, values)
    for (let at = 0; at < size; at++) mean[at] = (mean[at] ?? 0) + (values[at] ?? 0)
    images += 1
  }
  for (let at = 0; at < size; at++) mean[at] = (mean[at] ?? 0) / Math.max(1, images)
  const covariance = new Float64Array(size * size)
  for (let image = 0; image < count; image += step) {
    readValues(pool, image, values)
    for (let at = 0; at < size; at++) values[at] = (values[at] ?? 0) - (mean[at] ?? 0)
    addOuterProduct(covariance, values)
  }
  mirror(covariance, size)
  return { mean, covariance }
}

/** The upper triangle of values x values. */
function addOuterProduct(matrix: Float64Array, values: Float64Array): void {
  const size = values.length
  for (let row = 0; row < size; row++) {
    const value = values[row] ?? 0
    if (value === 0) continue
    for (let column = row; column < size; column++) {
      const at = row * size + column
      matrix[at] = (matrix[at] ?? 0) + value * (values[column] ?? 0)
    }
  }
}

function mirror(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      matrix[row * size + column] = matrix[column * size + row] ?? 0
    }
  }
}

/** rows [n, size] times a symmetric matrix [size, size] */
function multiply(rows: Float64Array, matrix: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const count = rows.length / size
  const product = new Float64Array(rows.length)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < size; column++) {
      product[row * size + column] = dot(rows, row * size, matrix, column * size, size)
    }
  }
  return product
}

/** Modified Gram-Schmidt, in place and in order, so that the widest direction stays first. A row of zeros stays one. */
function orthonormalise(rows: Float64Array, size: number): void {
  for (let row = 0; row < rows.length; row += size) {
    // Twice, because once is not enough for rows that are nearly parallel.
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other += size) {
        const share = dot(rows, row, rows, other, size)
        for (let at = 0; at < size; at++)
          rows[row + at] = (rows[row + at] ?? 0) - share * (rows[other + at] ?? 0)
      }
    }
    const length = Math.sqrt(dot(rows, row, rows, row, size))
    // What is left of a direction that does not exist is rounding.
    const scale = length > 1e-9 ? 1 / length : 0
    for (let at = 0; at < size; at++) rows[row + at] = (rows[row + at] ?? 0) * scale
  }
}

function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, size: number): number {
  let sum = 0
  for (let at = 0; at < size; at++) sum += (a[fromA + at] ?? 0) * (b[fromB + at] ?? 0)
  return sum
}
