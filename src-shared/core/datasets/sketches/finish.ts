// From the painted picture to bytes, as Fashion-MNIST's own makers did it: sharpened, then stored in 8 bits.
import type { Random } from '../../random.ts'
import { SIDE } from './size.ts'

const WHITE = 255
/** Pixels nearer to black than this are background, and sharpening leaves them so. */
const BLACK = 0.02

/** Writes the picture's bytes to `pixels` at `offset`. */
export function finish(random: Random, tones: Float64Array, pixels: Uint8Array, offset: number): void {
  const strength = random.uniform(0.2, 0.8)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const index = y * SIDE + x
      const tone = tones[index] ?? 0
      if (tone < BLACK) continue
      const sharp = tone + strength * (tone - surroundings(tones, x, y))
      pixels[offset + index] = Math.floor(WHITE * Math.max(0, Math.min(1, sharp)) + 0.5)
    }
  }
}

/** Mean of the four neighbours; past the border the picture goes on as it is. */
function surroundings(tones: Float64Array, x: number, y: number): number {
  const left = Math.max(0, x - 1)
  const right = Math.min(SIDE - 1, x + 1)
  const above = Math.max(0, y - 1) * SIDE
  const below = Math.min(SIDE - 1, y + 1) * SIDE
  const across = (tones[y * SIDE + left] ?? 0) + (tones[y * SIDE + right] ?? 0)
  return (across + (tones[above + x] ?? 0) + (tones[below + x] ?? 0)) / 4
}
