// Sketches with faults of which we know: labels changed, test images copied from training images, blank images.
import type { Dataset, LabelledImages } from '#shared/core/datasets/dataset.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { Random } from '#shared/core/random.ts'

export interface PlantedFaults {
  readonly dataset: Dataset
  /** Images with another label than they should have. */
  readonly flipped: ReadonlySet<number>
  /** Training image and its copy among the test images. */
  readonly copies: ReadonlyMap<number, number>
  readonly blank: ReadonlySet<number>
}

const PIXELS = 28 * 28

/** 50 labels, 20 copies across the splits (every second one with faint noise) and 10 blank images (half with noise). */
export function plantFaults(seed = 11): PlantedFaults {
  const random = new Random(seed)
  const sketches = generateSketches()
  const train = copy(sketches.train)
  const test = copy(sketches.test)
  const taken = new Set<number>()
  const draw = (limit: number, offset = 0): number => {
    for (;;) {
      const image = random.below(limit)
      if (taken.has(image + offset)) continue
      taken.add(image + offset)
      return image
    }
  }
  const flipped = new Set(Array.from({ length: 50 }, () => draw(train.count)))
  for (const image of flipped) {
    train.labels[image] = ((train.labels[image] ?? 0) + 1 + random.below(9)) % 10
  }
  const copies = new Map<number, number>()
  for (let at = 0; at < 20; at++) {
    const [from, to] = [draw(train.count), draw(test.count, train.count)]
    const pixels = train.pixels.subarray(from * PIXELS, (from + 1) * PIXELS)
    test.pixels.set(at % 2 === 0 ? pixels : pixels.map((level) => addNoise(random, level, 6)), to * PIXELS)
    test.labels[to] = train.labels[from] ?? 0
    copies.set(from, train.count + to)
  }
  const blank = new Set(Array.from({ length: 10 }, () => draw(train.count)))
  ;[...blank].forEach((image, at) => {
    const level = 5 * at
    const pixels = Uint8Array.from({ length: PIXELS }, () =>
      at % 2 === 0 ? level : addNoise(random, 20, 10),
    )
    train.pixels.set(pixels, image * PIXELS)
  })
  return { dataset: { ...sketches, train, test }, flipped, copies, blank }
}

function copy({ count, pixels, labels }: LabelledImages): LabelledImages {
  return { count, pixels: pixels.slice(), labels: labels.slice() }
}

function addNoise(random: Random, level: number, reach: number): number {
  return Math.max(0, Math.min(255, level + random.below(2 * reach + 1) - reach))
}
