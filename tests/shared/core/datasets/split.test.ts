import { assert, integer, property, record, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stratifiedSplit, takeSubset } from '#shared/core/datasets/split.ts'

const CLASSES = 5
const someLabels = uint8Array({ max: CLASSES - 1, minLength: 1, maxLength: 300 })
const someSeed = integer({ min: 0, max: 0xffff_ffff })

function countClasses(indices: Iterable<number>, labels: Uint8Array): number[] {
  const counts = Array.from({ length: CLASSES }, () => 0)
  for (const index of indices) counts[labels[index] ?? -1] = (counts[labels[index] ?? -1] ?? 0) + 1
  return counts
}

function isAscending(indices: Uint32Array): boolean {
  return indices.every((index, i) => i === 0 || index > (indices[i - 1] ?? index))
}

/** A share is the exact quota rounded down or up. */
function expectFairShares(chosen: Uint32Array, from: Uint32Array, labels: Uint8Array): void {
  const before = countClasses(from, labels)
  countClasses(chosen, labels).forEach((share, label) => {
    const quota = (chosen.length * (before[label] ?? 0)) / from.length
    expect(Math.abs(share - quota)).toBeLessThan(1)
  })
}

describe('a stratified split', () => {
  it('parts all images in two, ascending, with the same share of every class', () => {
    const input = record({ labels: someLabels, part: integer({ min: 0, max: 299 }), seed: someSeed })
    assert(
      property(input, ({ labels, part, seed }) => {
        const count = part % labels.length
        const { trainIndices, validationIndices } = stratifiedSplit(labels, CLASSES, count, seed)
        expect(validationIndices).toHaveLength(count)
        const all = [...trainIndices, ...validationIndices].sort((a, b) => a - b)
        expect(all).toEqual([...labels.keys()])
        expect(isAscending(trainIndices) && isAscending(validationIndices)).toBe(true)
        expectFairShares(validationIndices, Uint32Array.from(labels.keys()), labels)
      }),
    )
  })

  const labels = Uint8Array.from({ length: 100 }, (_, i) => i % CLASSES)

  it('is the same for the same seed and another for another seed', () => {
    const split = stratifiedSplit(labels, CLASSES, 20, 42)
    expect(stratifiedSplit(labels, CLASSES, 20, 42)).toEqual(split)
    expect(stratifiedSplit(labels, CLASSES, 20, 43)).not.toEqual(split)
  })

  it('stays as it is from version to version, because stored runs depend on it', () => {
    const { validationIndices } = stratifiedSplit(labels, CLASSES, 10, 42)
    expect([...validationIndices]).toEqual([0, 13, 21, 24, 30, 39, 48, 52, 91, 92])
  })

  it('gives what is left over to the largest remainders, and to the lower class where they tie', () => {
    const uneven = new Uint8Array(100).fill(1, 50).fill(2, 80)
    const { validationIndices } = stratifiedSplit(uneven, 3, 7, 1) // quotas 3.5, 2.1, 1.4
    expect(countClasses(validationIndices, uneven)).toEqual([4, 2, 1, 0, 0])
    const even = Uint8Array.of(0, 1, 2)
    expect(countClasses(stratifiedSplit(even, 3, 2, 1).validationIndices, even)).toEqual([1, 1, 0, 0, 0])
  })

  it('draws every image of a class equally often', () => {
    const held = new Uint32Array(100)
    for (let seed = 0; seed < 2000; seed++) {
      for (const index of stratifiedSplit(labels, CLASSES, 25, seed).validationIndices)
        held[index] = (held[index] ?? 0) + 1
    }
    expect(Math.min(...held)).toBeGreaterThan(400) // 500 expected, standard deviation 19
    expect(Math.max(...held)).toBeLessThan(600)
  })

  it.each([-1, 100, 2.5, Number.NaN])('refuses to hold out %d of 100 images', (count) => {
    const sentence = `validationImages: expected a whole number from 0 to 99 of 100 images, found ${count}.`
    const refusal: unknown = expect.objectContaining({ code: 'invalid-setting', message: sentence })
    expect(() => stratifiedSplit(labels, CLASSES, count, 1)).toThrow(refusal)
  })

  it('refuses labels that have no class', () => {
    expect(() => stratifiedSplit(labels, 4, 10, 1)).toThrow('image 4 has no label below 4')
  })
})

describe('a subset', () => {
  it('takes the first images of every class in fair shares, ascending', () => {
    const input = record({ labels: someLabels, part: integer({ min: 0, max: 299 }), seed: someSeed })
    assert(
      property(input, ({ labels, part, seed }) => {
        const { trainIndices } = stratifiedSplit(labels, CLASSES, Math.floor(labels.length / 4), seed)
        const subset = takeSubset(trainIndices, labels, CLASSES, 1 + (part % trainIndices.length))
        expect(isAscending(subset)).toBe(true)
        expectFairShares(subset, trainIndices, labels)
        for (let label = 0; label < CLASSES; label++) {
          const members = trainIndices.filter((index) => labels[index] === label)
          const taken = subset.filter((index) => labels[index] === label)
          expect(taken).toEqual(members.slice(0, taken.length))
        }
      }),
    )
  })

  it('refuses to take more images than there are', () => {
    const labels = Uint8Array.of(0, 1, 0, 1)
    const sentence =
      'trainImages: expected a whole number from 1 to 3 with 3 images left to train on, found 4.'
    expect(() => takeSubset(Uint32Array.of(0, 1, 2), labels, 2, 4)).toThrow(sentence)
  })
})
