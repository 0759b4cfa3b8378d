import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeInformation, measureInformation, findPoorImages } from '#shared/core/quality/low-information.ts'
import { measureClassDistances, placeClasses } from '#shared/core/quality/nearest-in-class.ts'
import { findOutliers, findTypicalImages, quantile } from '#shared/core/quality/outliers.ts'
import { findComponents, project } from '#shared/core/quality/principal-components.ts'
import { Random } from '#shared/core/random.ts'
import { anyImages, poolOf } from './small-pool.ts'

/** Images of nine pixels around one, and at the end one that is far away. */
function crowdAndStranger(count: number): number[][] {
  const random = new Random(3)
  const crowd = Array.from({ length: count }, () =>
    Array.from({ length: 9 }, (_, at) => (at < 5 ? 200 : 20) + random.below(12)),
  )
  return [...crowd, [0, 0, 0, 0, 255, 255, 255, 255, 0]]
}

describe('Principal components', () => {
  it('are orthonormal, so that no distance between coordinates exceeds the one between pixels', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const pool = poolOf(images)
        const components = findComponents(pool, 4)
        const all = Uint32Array.from(images.keys())
        const points = project(components, pool, all)
        const distance = (values: ArrayLike<number>, stride: number): number => {
          const differences = Array.from(
            { length: stride },
            (_, at) => (values[at] ?? 0) - (values[stride + at] ?? 0),
          )
          return Math.hypot(...differences)
        }
        expect(distance(points, 4)).toBeLessThanOrEqual(distance(images.slice(0, 2).flat(), 9) + 1e-3)
      }),
    )
  })

  it.each([1, 3])('rule nothing out wrongly of large images either, of %i channels', (channels) => {
    const random = new Random(5)
    const side = 40
    const images = Array.from({ length: 12 }, () =>
      Array.from({ length: side * side * channels }, () => random.below(256)),
    )
    const pool = poolOf(images, { channels })
    const components = findComponents(pool, 4)
    expect(components.directions.length / 4).toBeLessThanOrEqual(1024 + channels)
    const points = project(components, pool, Uint32Array.from(images.keys()))
    images.forEach((image, one) => {
      images.slice(0, one).forEach((other, another) => {
        const pixels = Math.hypot(...image.map((value, at) => value - (other[at] ?? 0)))
        const along = [0, 1, 2, 3].map((at) => (points[one * 4 + at] ?? 0) - (points[another * 4 + at] ?? 0))
        expect(Math.hypot(...along)).toBeLessThanOrEqual(pixels + 1e-3)
      })
    })
  })

  it('tell large images of two colours apart, whatever their brightness', () => {
    const paint = (colour: number) =>
      Array.from({ length: 40 * 40 * 3 }, (_, at) => (at % 3 === colour ? 200 : 40))
    const pool = poolOf([paint(0), paint(0), paint(2), paint(2)], { channels: 3 })
    const [red = NaN, alsoRed = NaN, blue = NaN] = project(
      findComponents(pool, 1),
      pool,
      Uint32Array.of(0, 1, 2, 3),
    )
    expect(red).toBeCloseTo(alsoRed, 6)
    expect(Math.abs(red - blue)).toBeGreaterThan(1000)
  })

  it('put the widest direction first', () => {
    const images = Array.from({ length: 30 }, (_, at) => [at * 8, 100 + (at % 2) * 4, 50])
    const { directions } = findComponents(poolOf(images), 2)
    expect(Math.abs(directions[0] ?? 0)).toBeCloseTo(1, 4)
    expect(Math.abs(directions[4] ?? 0)).toBeCloseTo(1, 4)
  })
})

describe('Outliers', () => {
  it('are measured by the mean distance to the nearest training images of the class, as comparing all gives', () => {
    fc.assert(
      fc.property(anyImages, fc.integer({ min: 1, max: 4 }), (images, neighbours) => {
        const labels = images.map((_, image) => image % 2)
        const pool = poolOf(images, { labels, trainCount: Math.max(1, images.length - 2) })
        const found = measureClassDistances(pool, placeClasses(pool), neighbours).distances
        images.forEach((image, at) => {
          const others = images
            .map((other, place) => ({
              place,
              distance: Math.hypot(...image.map((v, i) => v - (other[i] ?? 0))),
            }))
            .filter(({ place }) => place !== at && place < pool.trainCount && labels[place] === labels[at])
            .map(({ distance }) => distance)
            .toSorted((a, b) => a - b)
            .slice(0, neighbours)
          const mean = others.reduce((sum, one) => sum + one, 0) / others.length
          if (others.length === 0) expect(found[at]).toBeNaN()
          else expect(found[at]).toBeCloseTo(mean, 2)
        })
      }),
    )
  })

  it('are beyond the inner fence of their class, and say how many times as far as usual they are', () => {
    const images = crowdAndStranger(60)
    const pool = poolOf(images)
    const classes = placeClasses(pool)
    const [worst, ...others] = findOutliers(measureClassDistances(pool, classes, 10), classes)
    expect(worst?.image).toBe(60)
    expect(worst?.score).toBeGreaterThan(10)
    expect(others.length).toBeLessThan(5)
  })

  it('are not looked for where a class is too small to say what is usual', () => {
    const pool = poolOf(crowdAndStranger(10))
    const classes = placeClasses(pool)
    expect(findOutliers(measureClassDistances(pool, classes, 10), classes)).toEqual([])
  })

  it('use quantiles of type 7, as R and NumPy give them', () => {
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75)
    expect(quantile([1, 2, 4, 8], 0.9)).toBeCloseTo(6.8, 12)
  })
})

describe('Typical images', () => {
  it('begin with the medoid: no other training image has a smaller sum of distances', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const pool = poolOf(images, { classes: 1 })
        const [points] = placeClasses(pool)
        if (points === undefined) throw new Error('there is one class')
        const [medoid = -1, ...others] = findTypicalImages(pool, points)
        const sumOf = (image: number): number =>
          images.reduce(
            (sum, other) => sum + Math.hypot(...other.map((v, i) => v - (images[image]?.[i] ?? 0))),
            0,
          )
        const least = Math.min(...images.map((_, image) => sumOf(image)))
        expect(sumOf(medoid)).toBeLessThanOrEqual(least * 1.0001 + 0.01)
        expect(new Set([medoid, ...others]).size).toBe(Math.min(3, images.length))
      }),
    )
  })
})

describe('Images without information', () => {
  it('are measured by entropy, ink and contrast', () => {
    const pool = poolOf([[0, 0, 255, 255]])
    expect(measureInformation(pool, 0)).toEqual({ entropy: 1, inkShare: 0.5, contrast: 255 })
  })

  it.each([
    [{ entropy: 3, inkShare: 0.5, contrast: 20 }, 'constant'],
    [{ entropy: 3, inkShare: 0.01, contrast: 255 }, 'little-ink'],
    [{ entropy: 0.4, inkShare: 0.2, contrast: 255 }, 'low-entropy'],
    [{ entropy: 3, inkShare: 0.5, contrast: 255 }, null],
  ] as const)('lack what they lack most: %o', (information, lack) => {
    expect(judgeInformation(information)).toBe(lack)
  })

  it('are listed with the emptiest first, and constant ones before all others', () => {
    const faint = Array.from({ length: 100 }, (_, at) => at % 20)
    const dot = Array.from({ length: 100 }, (_, at) => (at === 5 ? 255 : 0))
    const full = Array.from({ length: 100 }, (_, at) => at * 2)
    const found = findPoorImages(poolOf([full, dot, faint, new Array<number>(100).fill(0)]))
    expect(found.map(({ image, lack }) => [image, lack])).toEqual([
      [3, 'constant'],
      [2, 'constant'],
      [1, 'little-ink'],
    ])
    expect(found[0]?.score).toBe(1)
  })
})
