// Many comparisons at once: of twenty that mean nothing one is below 5 % by chance. Holm's correction (1979) holds the
// chance of even one false claim at 5 %, and never gives up more than Bonferroni's.

/** The corrected p of each, in the given order: the k-th smallest times n - k + 1, never falling and at most 1. */
export function correctByHolm(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((one, other) => (ps[one] ?? 0) - (ps[other] ?? 0))
  const corrected = new Array<number>(ps.length)
  let largest = 0
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (ps[index] ?? 0) * (ps.length - rank)))
    corrected[index] = largest
  })
  return corrected
}
