// What colours a region has: a few Gaussians in Lab, with full covariances, fitted by k-means and then by giving every
// pixel to its likeliest one. Source: Rother, Kolmogorov and Blake 2004, "GrabCut".
import type { LabPixels } from './colour.ts'

interface Colour {
  readonly l: number
  readonly a: number
  readonly b: number
}

export interface Gaussian {
  readonly mean: Colour
  /** The inverse covariance, which is symmetric. */
  readonly ll: number
  readonly la: number
  readonly lb: number
  readonly aa: number
  readonly ab: number
  readonly bb: number
  /** Logarithm of weight and normalisation. */
  readonly offset: number
}
export type Mixture = readonly Gaussian[]

const COMPONENTS = 5
const K_MEANS_ROUNDS = 6
/** Added to variances, in squared Lab: what a camera's noise alone makes of one colour. */
const NOISE = 4
/** Pixels that a model is learned from: more of them say the same. */
const MOST_PIXELS = 2000

/** @param pixels numbers of the pixels to learn from; at least one */
export function fitMixture(lab: LabPixels, pixels: readonly number[]): Mixture {
  const step = Math.ceil(pixels.length / MOST_PIXELS)
  const sample = pixels.filter((_, i) => i % step === 0)
  const first = fitGroups(lab, groupByMeans(lab, sample), sample.length)
  const groups: number[][] = first.map(() => [])
  for (const pixel of sample) groups[likeliest(first, lab, pixel)]?.push(pixel)
  return fitGroups(lab, groups, sample.length)
}

/** -log of the density at a pixel, in nats, by the Gaussian that explains it best. */
export function surprise(mixture: Mixture, lab: LabPixels, pixel: number): number {
  let best = Number.POSITIVE_INFINITY
  for (const gaussian of mixture) best = Math.min(best, surpriseOf(gaussian, lab, pixel))
  return best
}

/** The number of the Gaussian that explains a pixel best. */
export function likeliest(mixture: Mixture, lab: LabPixels, pixel: number): number {
  let best = Number.POSITIVE_INFINITY
  let index = 0
  for (let at = 0; at < mixture.length; at++) {
    const gaussian = mixture[at]
    const found = gaussian === undefined ? best : surpriseOf(gaussian, lab, pixel)
    if (found >= best) continue
    best = found
    index = at
  }
  return index
}

function surpriseOf(gaussian: Gaussian, lab: LabPixels, pixel: number): number {
  const l = (lab[pixel * 3] ?? 0) - gaussian.mean.l
  const a = (lab[pixel * 3 + 1] ?? 0) - gaussian.mean.a
  const b = (lab[pixel * 3 + 2] ?? 0) - gaussian.mean.b
  const squares = gaussian.ll * l * l + gaussian.aa * a * a + gaussian.bb * b * b
  const products = gaussian.la * l * a + gaussian.lb * l * b + gaussian.ab * a * b
  return 0.5 * squares + products - gaussian.offset
}

/** Groups by k-means from means that lie as far apart as possible: the same pixels give the same groups. */
function groupByMeans(lab: LabPixels, pixels: readonly number[]): number[][] {
  let means = spreadMeans(lab, pixels)
  let groups: number[][] = []
  for (let round = 0; round < K_MEANS_ROUNDS; round++) {
    groups = means.map(() => [])
    for (const pixel of pixels) groups[findNearest(lab, pixel, means)]?.push(pixel)
    means = means.map((mean, index) => {
      const group = groups[index] ?? []
      return group.length > 0 ? meanOf(lab, group) : mean
    })
  }
  return groups
}

function spreadMeans(lab: LabPixels, pixels: readonly number[]): Colour[] {
  const means = [meanOf(lab, pixels)]
  const distances = pixels.map((pixel) => squareDistance(lab, pixel, means[0]))
  while (means.length < COMPONENTS) {
    let farthest = 0
    distances.forEach((distance, i) => {
      if (distance > (distances[farthest] ?? 0)) farthest = i
    })
    const at = (pixels[farthest] ?? 0) * 3
    const mean = { l: lab[at] ?? 0, a: lab[at + 1] ?? 0, b: lab[at + 2] ?? 0 }
    means.push(mean)
    pixels.forEach((pixel, i) => {
      distances[i] = Math.min(distances[i] ?? 0, squareDistance(lab, pixel, mean))
    })
  }
  return means
}

function findNearest(lab: LabPixels, pixel: number, means: readonly Colour[]): number {
  let index = 0
  let distance = Number.POSITIVE_INFINITY
  for (let at = 0; at < means.length; at++) {
    const found = squareDistance(lab, pixel, means[at])
    if (found >= distance) continue
    distance = found
    index = at
  }
  return index
}

function squareDistance(lab: LabPixels, pixel: number, mean: Colour | undefined): number {
  const l = (lab[pixel * 3] ?? 0) - (mean?.l ?? 0)
  const a = (lab[pixel * 3 + 1] ?? 0) - (mean?.a ?? 0)
  const b = (lab[pixel * 3 + 2] ?? 0) - (mean?.b ?? 0)
  return l * l + a * a + b * b
}

function meanOf(lab: LabPixels, pixels: readonly number[]): Colour {
  let l = 0
  let a = 0
  let b = 0
  for (const pixel of pixels) {
    l += lab[pixel * 3] ?? 0
    a += lab[pixel * 3 + 1] ?? 0
    b += lab[pixel * 3 + 2] ?? 0
  }
  return { l: l / pixels.length, a: a / pixels.length, b: b / pixels.length }
}

function fitGroups(lab: LabPixels, groups: readonly (readonly number[])[], total: number): Mixture {
  return groups.filter((group) => group.length > 0).map((group) => fitGaussian(lab, group, total))
}

function fitGaussian(lab: LabPixels, pixels: readonly number[], total: number): Gaussian {
  const mean = meanOf(lab, pixels)
  let [ll, la, lb, aa, ab, bb] = [0, 0, 0, 0, 0, 0]
  for (const pixel of pixels) {
    const l = (lab[pixel * 3] ?? 0) - mean.l
    const a = (lab[pixel * 3 + 1] ?? 0) - mean.a
    const b = (lab[pixel * 3 + 2] ?? 0) - mean.b
    ll += l * l
    la += l * a
    lb += l * b
    aa += a * a
    ab += a * b
    bb += b * b
  }
  const n = pixels.length
  const inverse = invert(ll / n + NOISE, la / n, lb / n, aa / n + NOISE, ab / n, bb / n + NOISE)
  const normalisation = -0.5 * (3 * Math.log(2 * Math.PI) + Math.log(inverse.determinant))
  return { ...inverse, mean, offset: Math.log(n / total) + normalisation }
}

/** Of a symmetric matrix of three rows; the determinant is that of the matrix given. */
function invert(ll: number, la: number, lb: number, aa: number, ab: number, bb: number) {
  const first = aa * bb - ab * ab
  const second = lb * ab - la * bb
  const third = la * ab - lb * aa
  const determinant = ll * first + la * second + lb * third
  return {
    determinant,
    ll: first / determinant,
    la: second / determinant,
    lb: third / determinant,
    aa: (ll * bb - lb * lb) / determinant,
    ab: (la * lb - ll * ab) / determinant,
    bb: (ll * aa - la * la) / determinant,
  }
}
