// Which class is taken for which other one most often.

export interface Confusion {
  readonly truth: number
  readonly answer: number
  readonly count: number
  /** Of the images of the true class, 0..1. */
  readonly share: number
}

/** Every mistake that was made, the most frequent first; those as frequent by the numbers of their classes. */
export function rankConfusions(matrix: readonly (readonly number[])[]): readonly Confusion[] {
  return matrix
    .flatMap((row, truth) => {
      const support = row.reduce((total, count) => total + count, 0)
      return row.map((count, answer) => ({ truth, answer, count, share: count / Math.max(1, support) }))
    })
    .filter(({ truth, answer, count }) => truth !== answer && count > 0)
    .sort((one, other) => other.count - one.count || one.truth - other.truth || one.answer - other.answer)
}
