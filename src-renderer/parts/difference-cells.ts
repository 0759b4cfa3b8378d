// One confusion matrix minus another, and how strongly each cell of the difference is shaded.

export interface DifferenceCell {
  /** Images of A minus images of the baseline. */
  readonly count: number
  /** The same as shares of each one's row, -1..1. */
  readonly share: number
  /** Whether it speaks for A: more of what is right, or less of what is wrong. */
  readonly isGood: boolean
  /** 0 to 1, against the largest of all. */
  readonly strength: number
}

export function subtractMatrices(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
): readonly (readonly DifferenceCell[])[] {
  const shares = [first, second].map((matrix) =>
    matrix.map((row) => {
      const sum = row.reduce((total, count) => total + count, 0)
      return row.map((count) => (sum === 0 ? 0 : count / sum))
    }),
  )
  const at = (one: number, truth: number, answer: number): number => shares[one]?.[truth]?.[answer] ?? 0
  const differences = first.map((row, truth) =>
    row.map((count, answer) => ({
      count: count - (second[truth]?.[answer] ?? 0),
      share: at(0, truth, answer) - at(1, truth, answer),
    })),
  )
  const largest = Math.max(0.02, ...differences.flat().map(({ share }) => Math.abs(share)))
  return differences.map((row, truth) =>
    row.map(({ count, share }, answer) => ({
      count,
      share,
      isGood: truth === answer ? share > 0 : share < 0,
      strength: share === 0 ? 0 : 0.08 + 0.72 * (Math.abs(share) / largest),
    })),
  )
}
