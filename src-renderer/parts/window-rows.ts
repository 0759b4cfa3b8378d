// Which rows of a long table are in sight, for tables whose rows are all of one height.
export interface RowWindow {
  readonly start: number
  readonly end: number
  /** Height of the rows that are left out above and below. */
  readonly above: number
  readonly below: number
}

/** Rows beyond the edges that are drawn too, so that scrolling shows no gap. */
const MARGIN = 8

export function windowRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): RowWindow {
  const start = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight) - MARGIN))
  const end = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + MARGIN)
  return { start, end, above: start * rowHeight, below: (count - end) * rowHeight }
}
