// Where a key moves to in a list: from the row that the keyboard is on, or from where that row was before it has left.

export interface ListPlace {
  /** Of the row that the keyboard is on; -1 where the list does not have it. */
  readonly at: number
  /** Of the row that the keyboard was on last in this list; -1 where there was none. */
  readonly last: number
  readonly count: number
  /** Rows that the page keys move by. */
  readonly page: number
}

/** Null where the key does not move. */
export function stepTo(key: string, { at, last, count, page }: ListPlace): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key]
  if (step === undefined) return null
  if (at === -1 && last === -1) return 0
  // What came after a row that has left has moved up to its place.
  const from = at === -1 ? last - (step > 0 ? 1 : 0) : at
  return Math.min(count - 1, Math.max(0, from + step))
}
