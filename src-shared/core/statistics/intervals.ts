// How far a share that was counted may lie from the truth.

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The normal distribution's 97.5 % point. */
export const Z_95 = 1.959963984540054

/**
 * The 95 % score interval of a binomial share (Wilson 1927): unlike p ± 1.96 s.e. it stays inside 0..1 and holds
 * near its ends.
 * @param correct how many of `count`; both 0..1 are returned for a count of 0, which says nothing
 */
export function wilsonInterval(correct: number, count: number): Interval {
  if (count <= 0) return { low: 0, high: 1 }
  const share = correct / count
  const z2 = (Z_95 * Z_95) / count
  const middle = (share + z2 / 2) / (1 + z2)
  const half = (Z_95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
