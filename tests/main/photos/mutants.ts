// Valid files with a few bits turned around, or broken off: what a decoder meets in the worst case. Seeded, so that a
// mutant that does harm can be made again from its number.
import { Random } from '#shared/core/random.ts'

/** One to four bits, and every fifth file loses its end. */
export function mutate(file: Uint8Array, seed: number): Uint8Array {
  const random = new Random(seed)
  const isBrokenOff = random.below(5) === 0
  const mutant = isBrokenOff ? file.slice(0, 1 + random.below(file.length)) : file.slice()
  const flips = 1 + random.below(4)
  for (let flip = 0; flip < flips; flip++) {
    const at = random.below(mutant.length)
    mutant[at] = (mutant[at] ?? 0) ^ (1 << random.below(8))
  }
  return mutant
}
