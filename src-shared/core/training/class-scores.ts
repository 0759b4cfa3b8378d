// Confusion matrix, precision, recall and F1 from labels.
import type { ClassScores } from '../../run.ts'

/** Counts [true class][predicted class]. */
export function countConfusions(truth: Uint8Array, predicted: Uint8Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  truth.forEach((label, index) => {
    const row = matrix[label]
    const column = predicted[index]
    if (row === undefined || column === undefined || column >= classes) {
      throw new RangeError(`image ${index}: a label lies outside the ${classes} classes`)
    }
    row[column] = (row[column] ?? 0) + 1
  })
  return matrix
}

/** Scores of each class; null where a share of nothing would be asked for. */
export function scoreClasses(matrix: readonly (readonly number[])[]): ClassScores[] {
  return matrix.map((row, label) => {
    const hits = row[label] ?? 0
    const support = sum(row)
    const predicted = sum(matrix.map((other) => other[label] ?? 0))
    const precision = predicted === 0 ? null : hits / predicted
    const recall = support === 0 ? null : hits / support
    const f1 = support + predicted === 0 ? null : (2 * hits) / (support + predicted)
    return { precision, recall, f1, support }
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
