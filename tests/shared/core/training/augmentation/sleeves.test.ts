import { describe, expect, it } from 'vitest'
import { boundSilhouette } from '#shared/core/training/augmentation/silhouette.ts'
import { findSleeved, spreadSleeves } from '#shared/core/training/augmentation/sleeves.ts'
import { Random } from '#shared/core/random.ts'

/** A body with sleeves beside it that reach so far down, 0 to 28. */
const drawTop = (sleeves: number) =>
  Float32Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)]
    const isBody = x >= 9 && x < 19
    const isSleeve = x >= 4 && x < 24 && y < sleeves
    return isBody || isSleeve ? 0.7 : 0
  })

const spread = (image: Float32Array, count = 200) => {
  const random = new Random(3)
  return Array.from({ length: count }, () => {
    const changed = image.slice()
    spreadSleeves(changed, 28, 28, random)
    return changed
  })
}
const isSame = (one: Float32Array, other: Float32Array) => one.every((value, i) => value === other[i])

describe('sleeves', () => {
  it('are long in pullovers, coats and shirts, and not in T-shirts', () => {
    const names = ['T-shirt/top', 'Trouser', 'Pullover', 'Coat', 'Shirt', 'Bag']
    expect([...findSleeved(names)]).toEqual([0, 0, 1, 1, 1, 0])
  })

  it('are spread in about two of five images: broader by height than before, and inside of the image', () => {
    const hanging = drawTop(26)
    const changed = spread(hanging).filter((image) => !isSame(image, hanging))
    expect(changed.length / 200).toBeGreaterThan(0.3)
    expect(changed.length / 200).toBeLessThan(0.5)
    const breadthByHeight = (image: Float32Array) => {
      const { left, right, top, bottom } = boundSilhouette(image, 28, 28)
      return (right - left) / (bottom - top)
    }
    for (const image of changed) {
      expect(breadthByHeight(image)).toBeGreaterThan(breadthByHeight(hanging))
      expect([Math.min(...image) >= 0, Math.max(...image) <= 0.701]).toEqual([true, true])
    }
  })

  it('that are short, or of nothing, stay as they are', () => {
    for (const image of [drawTop(9), new Float32Array(784)])
      expect(spread(image).every((changed) => isSame(changed, image))).toBe(true)
  })
})
