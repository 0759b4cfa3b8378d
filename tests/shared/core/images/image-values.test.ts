import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  averageClasses,
  countBrightness,
  countLabels,
  findNeighbours,
  measureBrightness,
  measureDistances,
} from '#shared/core/images/image-values.ts'
import { joinImages, packSheet, pixelsOf } from '#shared/core/images/joined-images.ts'
import { smallImages } from './small-images.ts'

const images = smallImages()

describe('images of both splits', () => {
  it('have one numbering, training images first', () => {
    expect([...images.labels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    expect([...pixelsOf(images, 5)]).toEqual([50, 50, 50, 50])
    expect([...pixelsOf(images, 6)]).toEqual([60, 60, 60, 60])
    expect(() => pixelsOf(images, 10)).toThrow(RangeError)
  })

  it('are packed in the order asked for', () => {
    expect([...packSheet(images, [9, 0, 9])]).toEqual([
      ...[90, 90, 90, 90],
      ...[0, 0, 0, 0],
      ...[90, 90, 90, 90],
    ])
  })

  it('may have three channels, and refuse to be of two sizes', () => {
    const one = { count: 1, labels: new Uint8Array(1) }
    const colour = { ...one, pixels: new Uint8Array(12) }
    const join = (test: typeof colour) =>
      joinImages({ height: 2, width: 2, channels: 3, classNames: ['Hat'], train: colour, test })
    expect(join(colour)).toMatchObject({ channels: 3, imageSize: 12, count: 2 })
    expect(() => join({ ...one, pixels: new Uint8Array(4) })).toThrow(RangeError)
  })
})

describe('numbers of every image', () => {
  it('brightness is the mean tone, from 0 to 1', () => {
    const brightness = measureBrightness(images)
    expect(brightness[0]).toBe(0)
    expect(brightness[9]).toBeCloseTo(90 / 255, 6)
    expect(countBrightness(images, brightness, 2)).toEqual([
      [4, 0],
      [3, 0],
      [3, 0],
    ])
    expect(countBrightness(images, new Float32Array(10).fill(1), 4)[1]).toEqual([0, 0, 0, 3])
  })

  it('a distance is 0 to itself, the same both ways, and 1 from black to white', () => {
    const image = fc.uint8Array({ minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(image, image, (one, another) => {
        const train = { count: 2, labels: new Uint8Array(2), pixels: Uint8Array.from([...one, ...another]) }
        const test = { count: 0, labels: new Uint8Array(), pixels: new Uint8Array() }
        const joined = joinImages({ height: 2, width: 2, channels: 1, classNames: ['Hat'], train, test })
        const expected = Math.hypot(...[...one].map((tone, at) => tone - (another[at] ?? 0))) / 2 / 255
        const [toItself, there = NaN] = measureDistances(joined, 0)
        const [back = NaN] = measureDistances(joined, 1)
        expect(toItself).toBe(0)
        expect(there).toBeCloseTo(expected, 6)
        expect(back).toBe(there)
        expect(there).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('neighbours are the nearest of each split, without the image itself, ties by number', () => {
    const found = findNeighbours(images, measureDistances(images, 4), 4, 3)
    expect(found.train.map(({ image }) => image)).toEqual([3, 5, 2])
    expect(found.test.map(({ image }) => image)).toEqual([6, 7, 8])
    expect(found.train[0]?.distance).toBeCloseTo(10 / 255, 6)
    const few = findNeighbours(images, measureDistances(images, 0), 0, 100)
    expect(few.train).toHaveLength(5)
    expect(few.test).toHaveLength(4)
  })

  it('neighbours are what sorting all distances finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 10, maxLength: 10 }),
        fc.integer({ min: 1, max: 7 }),
        (tones, count) => {
          const distances = Float32Array.from(tones)
          const expected = [0, 1, 2, 3, 5]
            .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b)
            .slice(0, count)
          expect(findNeighbours(images, distances, 4, count).train.map(({ image }) => image)).toEqual(
            expected,
          )
        },
      ),
    )
  })

  it('a class is averaged over both splits; its spread is the standard deviation', () => {
    const averages = averageClasses(images)
    // Class 0 holds the tones 0, 30, 60 and 90: mean 45, standard deviation 33.54.
    expect([...averages.subarray(0, 8)]).toEqual([45, 45, 45, 45, 34, 34, 34, 34])
    // Class 1: 10, 40, 70.
    expect([...averages.subarray(8, 16)]).toEqual([40, 40, 40, 40, 24, 24, 24, 24])
    expect(countLabels(images.labels, 4)).toEqual([4, 3, 3, 0])
  })

  it('a class without images is black', () => {
    expect([...averageClasses({ ...images, classCount: 4 }).subarray(24)]).toEqual(new Array(8).fill(0))
  })
})
