// Small questions to the generator that a cutter asks: yes or no, which of these, which order.
import type { Random } from '../../random.ts'

/** True in `probability` (0..1) of the cases. */
export function chance(random: Random, probability: number): boolean {
  return random.uniform(0, 1) < probability
}

/** Items, each as likely as its share is large. */
export type Shares<Item> = readonly (readonly [item: Item, share: number])[]

export function pickByShare<Item>(random: Random, shares: Shares<Item>): Item {
  const total = shares.reduce((sum, [, share]) => sum + share, 0)
  let rest = random.uniform(0, total)
  for (const [item, share] of shares) {
    if (rest < share) return item
    rest -= share
  }
  throw new RangeError('nothing to pick from: the shares must be above 0')
}

/** Puts the bytes in a random order, in place (Fisher and Yates). */
export function shuffle(random: Random, bytes: Uint8Array): void {
  for (let last = bytes.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = bytes[last] ?? 0
    bytes[last] = bytes[other] ?? 0
    bytes[other] = kept
  }
}
