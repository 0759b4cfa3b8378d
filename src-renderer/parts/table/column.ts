// A column of a table: what a row holds there, how it is written, and how rows are put in order by it.

export type Cell = string | number | boolean | null

export interface Column<Row> {
  readonly key: string
  readonly label: string
  /** In full, where the label is short. */
  readonly title?: string
  /** Numbers stand at the end, so that their digits line up. */
  readonly align: 'start' | 'end'
  /** Pixels, before anyone has changed it. */
  readonly width: number
  /** What is sorted, filtered and exported. */
  readonly value: (row: Row) => Cell
  readonly text: (row: Row) => string
  readonly tone?: 'strong' | 'faint'
  /** Cannot be taken out. */
  readonly isFixed?: boolean
  /** A measure, of which a group shows mean and spread, written by this. */
  readonly writeSpread?: (value: number) => string
}

export interface Sort {
  readonly key: string
  readonly order: 'ascending' | 'descending'
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The first sort decides, the next where it does not; rows without a value come last in both orders. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorts: readonly Sort[],
): readonly Row[] {
  const keys = sorts.flatMap(({ key, order }) => {
    const column = columns.find((one) => one.key === key)
    return column === undefined ? [] : [{ value: column.value, sign: order === 'ascending' ? 1 : -1 }]
  })
  if (keys.length === 0) return rows
  const known = rows.map((row) => ({ row, values: keys.map(({ value }) => value(row)) }))
  known.sort((one, other) => {
    for (const [index, { sign }] of keys.entries()) {
      const difference = compareCells(one.values[index] ?? null, other.values[index] ?? null, sign)
      if (difference !== 0) return difference
    }
    return 0
  })
  return known.map(({ row }) => row)
}

/** @param sign 1 for ascending, -1 for descending */
export function compareCells(one: Cell, other: Cell, sign: number): number {
  const isOneEmpty = one === null || one === ''
  const isOtherEmpty = other === null || other === ''
  if (isOneEmpty || isOtherEmpty) return Number(isOneEmpty) - Number(isOtherEmpty)
  if (typeof one === 'string' && typeof other === 'string') return sign * collator.compare(one, other)
  return sign * (Number(one) - Number(other))
}
