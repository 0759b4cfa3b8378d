// Rows of a list, each parsed by itself: one that is damaged, or that a newer Atelier has written, hides no other.

export interface ParsedRows<Row, Parsed> {
  readonly parsed: Parsed[]
  /** With what parsing threw. */
  readonly unreadable: { readonly row: Row; readonly error: unknown }[]
}

export function parseRows<Row, Parsed>(
  rows: readonly Row[],
  parse: (row: Row) => Parsed,
): ParsedRows<Row, Parsed> {
  const result: ParsedRows<Row, Parsed> = { parsed: [], unreadable: [] }
  for (const row of rows) {
    try {
      result.parsed.push(parse(row))
    } catch (error) {
      result.unreadable.push({ row, error })
    }
  }
  return result
}
