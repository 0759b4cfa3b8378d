// Mean and spread of a few runs that differ in nothing but what is averaged over, such as the seed.

export interface Spread {
  /** How many values there were. */
  readonly count: number
  readonly mean: number
  /** Sample standard deviation (n - 1); null for a single value, which has none. */
  readonly deviation: number | null
}

/** Null where there is no value. Two passes, so that close values keep their digits. */
export function spreadOf(values: readonly number[]): Spread | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count === 1) return { count, mean, deviation: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count, mean, deviation: Math.sqrt(squares / (count - 1)) }
}
