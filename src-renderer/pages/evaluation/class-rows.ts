// The rows of the table of classes: scores with their intervals, in the order that a column asks for.
import { classIntervals } from '#shared/core/statistics/class-intervals.ts'
import type { Interval } from '#shared/core/statistics/intervals.ts'
import type { ClassScores } from '#shared/run.ts'

export const SCORES = ['precision', 'recall', 'f1'] as const
export type ScoreName = (typeof SCORES)[number]
export type ClassColumn = 'class' | 'support' | ScoreName

export interface ClassRow {
  readonly label: number
  readonly name: string
  readonly support: number
  readonly scores: Readonly<
    Record<ScoreName, { readonly value: number | null; readonly interval: Interval | null }>
  >
}

export function listClassRows(
  classNames: readonly string[],
  matrix: readonly (readonly number[])[],
  scores: readonly ClassScores[],
): readonly ClassRow[] {
  const intervals = classIntervals(matrix)
  return scores.map((score, label) => {
    const of = (name: ScoreName) => ({ value: score[name], interval: intervals[label]?.[name] ?? null })
    return {
      label,
      name: classNames[label] ?? String(label),
      support: score.support,
      scores: { precision: of('precision'), recall: of('recall'), f1: of('f1') },
    }
  })
}

/** Classes by their number, others by their value; a score of nothing comes last, whichever the direction. */
export function sortClassRows(
  rows: readonly ClassRow[],
  column: ClassColumn,
  descending: boolean,
): readonly ClassRow[] {
  const valueOf = (row: ClassRow): number | null => {
    if (column === 'class') return row.label
    return column === 'support' ? row.support : row.scores[column].value
  }
  return rows.toSorted((one, other) => {
    const [first, second] = [valueOf(one), valueOf(other)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return (descending ? second - first : first - second) || one.label - other.label
  })
}
