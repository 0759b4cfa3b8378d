// A line of a table: a row, or the heading of a group of rows.

export interface RowItem<Row> {
  readonly kind: 'row'
  readonly key: string
  readonly row: Row
}

export interface SectionCell {
  readonly text: string
  readonly title: string
  /** The text says why there is no figure. */
  readonly isMixed?: boolean
}

export interface SectionItem {
  readonly kind: 'section'
  readonly key: string
  readonly label: string
  /** How many rows are in it. */
  readonly count: number
  readonly isOpen: boolean
  /** What stands in the columns of measures, by column, and what it is in words. */
  readonly cells: Readonly<Record<string, SectionCell>>
}

export type TableItem<Row> = RowItem<Row> | SectionItem

export function rowItems<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly RowItem<Row>[] {
  return rows.map((row) => ({ kind: 'row', key: keyOf(row), row }))
}
