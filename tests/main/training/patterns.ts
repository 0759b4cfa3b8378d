// A tiny dataset that networks can learn: ten classes, each a bright band at its own height, under noise.
import { join } from 'node:path'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { Random } from '#shared/core/random.ts'
import { writeQuartet } from '../datasets/small-dataset.ts'

const SIDE = 28
const CLASSES = 10

/** Writes 600 training and 200 test images of 28 x 28, and gives the folder back. */
export function writePatterns(parent: string, seed = 1): Promise<string> {
  const random = new Random(seed)
  const content = {
    ...{ height: SIDE, width: SIDE, channels: 1 as const },
    ...{ train: draw(600, random), test: draw(200, random) },
  }
  return writeQuartet(join(parent, `patterns-${seed}`), content)
}

function draw(count: number, random: Random): LabelledImages {
  const labels = Uint8Array.from({ length: count }, (_, index) => index % CLASSES)
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, position) => {
    const row = Math.floor(position / SIDE) % SIDE
    const label = labels[Math.floor(position / (SIDE * SIDE))] ?? 0
    return random.below(64) + (Math.floor((row * CLASSES) / SIDE) === label ? 150 : 0)
  })
  return { count, pixels, labels }
}
