// The figures of a confusion matrix, and how strongly each cell is shaded.

export type MatrixMeasure = 'count' | 'row' | 'column'

export interface MatrixCell {
  readonly count: number
  /** Of its row or its column; for counts, of its row. */
  readonly share: number
  /** 0 to 1: how strongly it is shaded. */
  readonly strength: number
  readonly isHidden: boolean
}

/** Mistakes are shaded against the largest mistake when what is right is hidden, so that small ones are seen. */
export function shareCells(
  matrix: readonly (readonly number[])[],
  measure: MatrixMeasure,
  hidesDiagonal: boolean,
): readonly (readonly MatrixCell[])[] {
  const rowSums = matrix.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columnSums = matrix.map((_, answer) => matrix.reduce((sum, row) => sum + (row[answer] ?? 0), 0))
  const shares = matrix.map((row, truth) =>
    row.map((count, answer) => {
      const sum = (measure === 'column' ? columnSums[answer] : rowSums[truth]) ?? 0
      return sum === 0 ? 0 : count / sum
    }),
  )
  const mistakes = shares.flatMap((row, truth) => row.filter((_, answer) => answer !== truth))
  const largest = Math.max(0.01, ...mistakes)
  return matrix.map((row, truth) =>
    row.map((count, answer) => {
      const share = shares[truth]?.[answer] ?? 0
      const isRight = truth === answer
      const isHidden = hidesDiagonal && isRight
      return {
        count,
        share,
        strength: isHidden ? 0 : shade(share, isRight, hidesDiagonal ? largest : 0.25),
        isHidden,
      }
    }),
  )
}

/** What is right fades in over the whole scale, a mistake up to the given share. */
function shade(share: number, isRight: boolean, fullAt: number): number {
  if (share === 0) return 0
  return isRight ? 0.85 * share : Math.min(0.9, 0.08 + 0.82 * (share / fullAt))
}

/** What the figures of a matrix are, in words: nobody should have to guess of what a share is one. */
export const MEASURE_WORDS: Readonly<Record<MatrixMeasure, string>> = {
  count: 'Number of images',
  row: 'Share of the images that are of the class (row), in %',
  column: 'Share of the images that were taken for the class (column), in %',
}

/** Where an arrow key leads from a cell: [truth, answer], or null for another key. */
export function moveInMatrix(
  key: string,
  [truth, answer]: readonly [number, number],
  size: number,
): readonly [number, number] | null {
  const within = (place: number): number => Math.max(0, Math.min(size - 1, place))
  switch (key) {
    case 'ArrowUp':
      return [within(truth - 1), answer]
    case 'ArrowDown':
      return [within(truth + 1), answer]
    case 'ArrowLeft':
      return [truth, within(answer - 1)]
    case 'ArrowRight':
      return [truth, within(answer + 1)]
    case 'Home':
      return [truth, 0]
    case 'End':
      return [truth, size - 1]
    default:
      return null
  }
}
