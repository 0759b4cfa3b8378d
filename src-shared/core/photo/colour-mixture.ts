// What colours a region has: a few Gaussians in Lab, with full covariances, fitted by k-means and then by giving every
// pixel to its likeliest one. Source: Rother, Kolmogorov and Blake 2004, "GrabCut".
import type { LabPixels } from './colour.ts'

export interface Gaussian {
  readonly mean: readonly number[]
  /** Inverse covariance [xx, xy, xz, yy, yz, zz]. */
  readonly inverse: readonly number[]
  /** Logarithm of weight and normalisation. */
  readonly offset: number
}
export type Mixture = readonly Gaussian[]

const COMPONENTS = 5
const K_MEANS_ROUNDS = 6
/** Added to variances, in squared Lab: what a camera's noise alone makes of one colour. */
const NOISE = 4

/** @param pixels numbers of the pixels to learn from; at least one */
export function fitMixture(lab: LabPixels, pixels: readonly number[]): Mixture {
  let groups = assignToMeans(lab, pixels)
  let mixture = groups
    .filter((group) => group.length > 0)
    .map((group) => fitGaussian(lab, group, pixels.length))
  groups = mixture.map(() => [])
  for (const pixel of pixels) groups[likeliest(mixture, lab, pixel)]?.push(pixel)
  mixture = groups.filter((group) => group.length > 0).map((group) => fitGaussian(lab, group, pixels.length))
  return mixture
}

/** -log of the density at a pixel, in nats. */
export function surprise(mixture: Mixture, lab: LabPixels, pixel: number): number {
  let best = Number.POSITIVE_INFINITY
  for (const gaussian of mixture) best = Math.min(best, surpriseOf(gaussian, lab, pixel))
  return best
}

function surpriseOf({ mean, inverse, offset }: Gaussian, lab: LabPixels, pixel: number): number {
  const x = (lab[pixel * 3] ?? 0) - (mean[0] ?? 0)
  const y = (lab[pixel * 3 + 1] ?? 0) - (mean[1] ?? 0)
  const z = (lab[pixel * 3 + 2] ?? 0) - (mean[2] ?? 0)
  const [xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0] = inverse
  return 0.5 * (xx * x * x + yy * y * y + zz * z * z) + xy * x * y + xz * x * z + yz * y * z - offset
}

/** The number of the Gaussian that explains a pixel best. */
export function likeliest(mixture: Mixture, lab: LabPixels, pixel: number): number {
  const surprises = mixture.map((gaussian) => surpriseOf(gaussian, lab, pixel))
  return surprises.indexOf(Math.min(...surprises))
}

/** Groups by k-means from means that lie as far apart as possible: the same pixels give the same groups. */
function assignToMeans(lab: LabPixels, pixels: readonly number[]): number[][] {
  let means = spreadMeans(lab, pixels)
  let groups: number[][] = []
  for (let round = 0; round < K_MEANS_ROUNDS; round++) {
    groups = means.map(() => [])
    for (const pixel of pixels) groups[nearest(lab, pixel, means).index]?.push(pixel)
    means = means.map((mean, index) => {
      const group = groups[index] ?? []
      return group.length > 0 ? meanOf(lab, group) : mean
    })
  }
  return groups
}

function spreadMeans(lab: LabPixels, pixels: readonly number[]): number[][] {
  const means = [meanOf(lab, pixels)]
  while (means.length < COMPONENTS) {
    let farthest = pixels[0] ?? 0
    let distance = -1
    for (const pixel of pixels) {
      const found = nearest(lab, pixel, means).distance
      if (found <= distance) continue
      distance = found
      farthest = pixel
    }
    means.push([...lab.subarray(farthest * 3, farthest * 3 + 3)])
  }
  return means
}

function nearest(lab: LabPixels, pixel: number, means: readonly (readonly number[])[]) {
  let index = 0
  let distance = Number.POSITIVE_INFINITY
  means.forEach((mean, at) => {
    const x = (lab[pixel * 3] ?? 0) - (mean[0] ?? 0)
    const y = (lab[pixel * 3 + 1] ?? 0) - (mean[1] ?? 0)
    const z = (lab[pixel * 3 + 2] ?? 0) - (mean[2] ?? 0)
    const found = x * x + y * y + z * z
    if (found >= distance) return
    distance = found
    index = at
  })
  return { index, distance }
}

function meanOf(lab: LabPixels, pixels: readonly number[]): number[] {
  const sums = [0, 0, 0]
  for (const pixel of pixels) for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + (lab[pixel * 3 + c] ?? 0)
  return sums.map((sum) => sum / pixels.length)
}

function fitGaussian(lab: LabPixels, pixels: readonly number[], total: number): Gaussian {
  const mean = meanOf(lab, pixels)
  const sums = [0, 0, 0, 0, 0, 0]
  for (const pixel of pixels) {
    const [x = 0, y = 0, z = 0] = mean.map((value, c) => (lab[pixel * 3 + c] ?? 0) - value)
    for (const [at, product] of [x * x, x * y, x * z, y * y, y * z, z * z].entries())
      sums[at] = (sums[at] ?? 0) + product
  }
  const [xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0] = sums.map((sum) => sum / pixels.length)
  const { inverse, determinant } = invert([xx + NOISE, xy, xz, yy + NOISE, yz, zz + NOISE])
  const normalisation = -0.5 * (3 * Math.log(2 * Math.PI) + Math.log(determinant))
  return { mean, inverse, offset: Math.log(pixels.length / total) + normalisation }
}

/** Of a symmetric matrix [xx, xy, xz, yy, yz, zz]. */
function invert([xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0]: readonly number[]) {
  const a = yy * zz - yz * yz
  const b = xz * yz - xy * zz
  const c = xy * yz - xz * yy
  const determinant = xx * a + xy * b + xz * c
  const adjugate = [a, b, c, xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy]
  return { inverse: adjugate.map((value) => value / determinant), determinant }
}
