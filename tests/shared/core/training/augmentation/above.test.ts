import { describe, expect, it } from 'vitest'
import { viewFromAbove } from '#shared/core/training/augmentation/above.ts'
import { boundSilhouette } from '#shared/core/training/augmentation/silhouette.ts'
import { Random } from '#shared/core/random.ts'

/** A shoe from its side, 24 long with its toe on the left, 6 high, and a shaft of so many pixels over its heel. */
const drawShoe = (shaft: number) =>
  Float32Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)]
    const isFoot = x >= 2 && x < 26 && y >= 17 && y < 23
    const isShaft = x >= 16 && x < 26 && y >= 17 - shaft && y < 17
    return isFoot || isShaft ? 0.6 : 0
  })

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const view = (shaft: number, seed: number) => viewFromAbove(drawShoe(shaft), 28, 28, new Random(seed))

describe('a shoe from above', () => {
  it('stands upright in the middle of its image, about as broad as told, in tones of 0..1', () => {
    for (const seed of SEEDS) {
      const { image, breadth } = view(0, seed)
      const { left, right, top, bottom } = boundSilhouette(image, 28, 28)
      expect(bottom - top).toBeGreaterThan(right - left)
      expect(Math.abs(right - left - breadth)).toBeLessThan(2.5)
      expect(Math.abs(left + right - 28)).toBeLessThanOrEqual(2)
      expect([Math.min(...image) >= 0, Math.max(...image) <= 1.001]).toEqual([true, true])
    }
  })

  it('is higher with a shaft, on the whole: straight from above a shaft does not show', () => {
    const heightOf = (shaft: number, seed: number) => {
      const { top, bottom } = boundSilhouette(view(shaft, seed).image, 28, 28)
      return bottom - top
    }
    const gains = SEEDS.map((seed) => heightOf(5, seed) - heightOf(0, seed))
    expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeGreaterThan(SEEDS.length / 2)
  })

  it('follows from the generator alone, which is asked as often for an empty image', () => {
    expect(view(3, 5)).toEqual(view(3, 5))
    expect(view(3, 5).image).not.toEqual(view(3, 6).image)
    const [one, other] = [new Random(7), new Random(7)]
    const empty = viewFromAbove(new Float32Array(784), 28, 28, one)
    viewFromAbove(drawShoe(0), 28, 28, other)
    expect([Math.max(...empty.image), empty.breadth]).toEqual([0, 0])
    expect(one.saveState()).toEqual(other.saveState())
  })
})
