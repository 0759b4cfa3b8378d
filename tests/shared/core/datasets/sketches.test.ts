import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { LabelledImages } from '../../../../src-shared/core/datasets/dataset.ts'
import { generateSketches } from '../../../../src-shared/core/datasets/sketches.ts'

const IMAGE_BYTES = 28 * 28
const CLASSES = 10

/** Of training pixels, training labels, test pixels, test labels: a new drawing is a new dataset. */
const SHA_256 = 'c44f8d9294ad569e6efa8561db5d0d875e11a106066d279d5795bcf2dbd46530'

const sketches = generateSketches()
const { train, test } = sketches

describe('Sketches', () => {
  it('are labelled as generated and have the form of Fashion-MNIST', () => {
    expect({ ...sketches, train: train.count, test: test.count }).toEqual({
      id: 'sketches',
      name: 'Sketches (generated)',
      generated: true,
      classNames: [
        'T-shirt/top',
        'Trouser',
        'Pullover',
        'Dress',
        'Coat',
        'Sandal',
        'Shirt',
        'Sneaker',
        'Bag',
        'Ankle boot',
      ],
      height: 28,
      width: 28,
      channels: 1,
      train: 10_000,
      test: 2_000,
    })
    for (const { count, pixels, labels } of [train, test]) {
      expect([pixels.length, labels.length]).toEqual([count * IMAGE_BYTES, count])
    }
  })

  it('are the same to the bit on every machine', () => {
    const hash = createHash('sha256')
    for (const { pixels, labels } of [train, test]) hash.update(pixels).update(labels)
    expect(hash.digest('hex')).toBe(SHA_256)
  })

  it('hold as many images of each class, in shuffled order', () => {
    expect(countsOf(train)).toEqual(Array(CLASSES).fill(1_000))
    expect(countsOf(test)).toEqual(Array(CLASSES).fill(200))
    expect(new Set(train.labels.subarray(0, 50)).size).toBeGreaterThan(5)
  })

  it('show an item on a black background in every image', () => {
    const shares = [...imagesOf(train), ...imagesOf(test)].map(inkShare)
    expect(Math.min(...shares)).toBeGreaterThan(0.03)
    expect(Math.max(...shares)).toBeLessThan(1)
  })

  it('repeat no image, neither within a split nor across', () => {
    const images = [...imagesOf(train), ...imagesOf(test)].map((image) =>
      Buffer.from(image).toString('latin1'),
    )
    expect(new Set(images).size).toBe(12_000)
  })

  it('differ from class to class in their mean image, and not from split to split', () => {
    const means = meanImages(train)
    means.forEach((mean, label) => {
      for (const other of means.slice(label + 1)) expect(distance(mean, other)).toBeGreaterThan(5)
    })
    meanImages(test).forEach((mean, label) => {
      expect(distance(mean, means[label] ?? new Float64Array())).toBeLessThan(10)
    })
  })
})

function* imagesOf({ count, pixels }: LabelledImages): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) yield pixels.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)
}

function countsOf({ labels }: LabelledImages): number[] {
  const counts = Array<number>(CLASSES).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

function inkShare(image: Uint8Array): number {
  return image.reduce((ink, pixel) => ink + (pixel > 0 ? 1 : 0), 0) / IMAGE_BYTES
}

/** One mean image per class, in the order of the labels. */
function meanImages({ count, pixels, labels }: LabelledImages): Float64Array[] {
  const means = Array.from({ length: CLASSES }, () => new Float64Array(IMAGE_BYTES))
  pixels.forEach((pixel, i) => {
    const mean = means[labels[Math.floor(i / IMAGE_BYTES)] ?? 0]
    if (mean !== undefined) mean[i % IMAGE_BYTES] = (mean[i % IMAGE_BYTES] ?? 0) + (pixel * CLASSES) / count
  })
  return means
}

/** Mean absolute difference in grey levels of 255. */
function distance(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, tone, place) => sum + Math.abs(tone - (other[place] ?? 0)), 0) / IMAGE_BYTES
}
