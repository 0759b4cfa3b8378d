// McNemar's test, exact: do two models differ on the same images? Only the images count that one has right and the
// other wrong; if neither is better, such an image falls to either like a fair coin (McNemar 1947).
// It speaks of these two models, never of the settings they were trained with.

export interface McNemar {
  /** Images that only the first has right, and only the second. */
  readonly firstOnly: number
  readonly secondOnly: number
  /** Two-sided and exact: the chance of a split at least as uneven. */
  readonly p: number
  /** The same with half the weight on what was seen: less cautious, near its level (Fagerland and others 2013). */
  readonly midP: number
}

/** Counts are whole and not negative. */
export function testMcNemar(firstOnly: number, secondOnly: number): McNemar {
  for (const count of [firstOnly, secondOnly]) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is no count of images`)
  }
  const { tail, point } = fairCoinTail(Math.min(firstOnly, secondOnly), firstOnly + secondOnly)
  const isEven = firstOnly === secondOnly
  const p = isEven ? 1 : Math.min(1, 2 * tail)
  return { firstOnly, secondOnly, p, midP: isEven ? 1 - point / 2 : p - point }
}

interface CoinTail {
  /** P(X <= heads) */
  readonly tail: number
  /** P(X = heads) */
  readonly point: number
}

/** X heads of `tosses` of a fair coin. Both are 0 where they are below the smallest number. */
function fairCoinTail(heads: number, tosses: number): CoinTail {
  const point = fairCoinPoint(heads, tosses)
  let tail = 0
  let term = point
  for (let k = heads; term > tail * 1e-18; k--) {
    tail += term
    term *= k / (tosses - k + 1)
  }
  return { tail, point }
}

/** C(tosses, heads) / 2^tosses as a product that is halved whenever it exceeds 1: nothing overflows, no logarithm. */
function fairCoinPoint(heads: number, tosses: number): number {
  let product = 1
  let halvings = 0
  for (let i = 1; i <= heads; i++) {
    product *= (tosses - heads + i) / i
    while (product > 1 && halvings < tosses) {
      product /= 2
      halvings++
    }
  }
  return product * 2 ** (halvings - tosses)
}

/** What a difference may be called before this chance of an error: 5 %. */
export const SIGNIFICANCE = 0.05

/**
 * The smallest surplus |firstOnly - secondOnly| of `disagreements` images that the exact test calls a difference at
 * 5 %; null where there are too few of them (below six) to show anything.
 */
export function smallestShownSurplus(disagreements: number): number | null {
  if (testMcNemar(0, disagreements).p > SIGNIFICANCE) return null
  let shown = 0
  let hidden = Math.ceil(disagreements / 2)
  while (hidden - shown > 1) {
    const middle = Math.floor((shown + hidden) / 2)
    if (testMcNemar(middle, disagreements - middle).p <= SIGNIFICANCE) shown = middle
    else hidden = middle
  }
  return disagreements - 2 * shown
}
