// Cloth: a swatch as large as the picture, from which all pieces of a garment are cut.
import type { Random } from '../../random.ts'
import { dye, type Print } from './prints.ts'
import { PIXELS, SIDE } from './size.ts'
import { valueNoise } from './value-noise.ts'

/** One tone per pixel, 0 = background, 1 = ink. */
export type Cloth = Float32Array

/** Folds are long and narrow: pixels between two of them, and along one. */
const FOLD_WIDTH = 3.5
const FOLD_LENGTH = 14

/** Cloth of a tone with a print on it, falling in folds, with the grain of its yarn. */
export function weave(random: Random, tone: number, print: Print): Cloth {
  const dyed = dye(random, tone, print)
  const fold = valueNoise(random, FOLD_WIDTH, FOLD_LENGTH)
  const foldDepth = random.uniform(0.02, 0.16)
  const grain = random.uniform(0.005, 0.035)
  const cloth: Cloth = new Float32Array(PIXELS)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      cloth[y * SIDE + x] = dyed(x, y) * (1 + foldDepth * fold(x, y)) + random.uniform(-grain, grain)
    }
  }
  return cloth
}
