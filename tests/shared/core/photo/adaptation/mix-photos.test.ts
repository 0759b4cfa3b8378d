import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealFolds } from '#shared/core/photo/adaptation/measure-gain.ts'
import { choosePhotos, mixPhotos } from '#shared/core/photo/adaptation/mix-photos.ts'

/** Images of two pixels that say which they are. */
const drawSet = (count: number, first: number) => ({
  inputs: Uint8Array.from({ length: count * 2 }, (_, i) => first + Math.floor(i / 2)),
  labels: Uint8Array.from({ length: count }, (_, i) => (first + i) % 7),
})

describe('photos among training images', () => {
  it('are shown many times each, every remembered image once, all with their labels', () => {
    const { inputs, labels } = drawSet(100, 0)
    const source = { count: 100, pixels: inputs, labels }
    const remembered = { source, indices: Uint32Array.from([3, 50, 98, 99]) }
    const mixed = mixPhotos(remembered, drawSet(1, 200))
    const shown = Array.from(mixed.indices, (index) => [
      mixed.source.pixels[index * 2],
      mixed.source.labels[index],
    ])
    const photo = [200, 200 % 7]
    expect(shown).toEqual([photo, photo, [3, 3], [50, 1], [98, 0], [99, 1]])
  })

  it('come first, and how many they are is told', () => {
    const { inputs, labels } = drawSet(100, 0)
    const remembered = { source: { count: 100, pixels: inputs, labels }, indices: Uint32Array.from([3, 50]) }
    const mixed = mixPhotos(remembered, drawSet(4, 200))
    expect(mixed.photos).toBe(4)
    const isPhoto = Array.from(mixed.indices, (index) => index < 4)
    expect(isPhoto).toEqual([true, true, true, true, false, false])
  })

  it('are chosen with their labels', () => {
    expect(choosePhotos(drawSet(4, 10), (photo) => photo % 2 === 1)).toEqual({
      inputs: Uint8Array.from([11, 11, 13, 13]),
      labels: Uint8Array.from([4, 6]),
    })
  })
})

describe('folds', () => {
  it('hold every photo once and differ by at most one photo, in all and of each class; the seed decides', () => {
    const labels = fc.uint8Array({ min: 0, max: 4, minLength: 3, maxLength: 60 })
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 5 }), fc.nat(), (truth, folds, seed) => {
        const dealt = dealFolds(truth, folds, seed)
        expect(dealFolds(truth, folds, seed)).toEqual(dealt)
        const groups = [null, 0, 1, 2, 3, 4]
        for (const group of groups) {
          const sizes = Array.from(
            { length: folds },
            (_, fold) =>
              dealt.filter((own, i) => own === fold && (group === null || truth[i] === group)).length,
          )
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
