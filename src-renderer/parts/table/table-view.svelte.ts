// How a table is looked at: which columns in which order, how wide, and by what it is sorted. Columns and widths lie
// with a keeper, which may be the host; until someone chooses columns, the table's own proposal holds.
import type { Column, Sort } from './column.ts'

/** Where the arrangement is kept: `null` columns are the table's own proposal. */
export interface ArrangementKeeper {
  arrangement: {
    readonly columns: readonly string[] | null
    readonly widths: Readonly<Record<string, number>>
  }
}

class Forgetful implements ArrangementKeeper {
  arrangement: ArrangementKeeper['arrangement'] = $state.raw({ columns: null, widths: {} })
}

const NARROWEST = 48
const WIDEST = 800

export class TableView {
  sorts: readonly Sort[] = $state.raw([])
  readonly #keeper: ArrangementKeeper

  /** @param keeper by default one that forgets with the page */
  constructor(keeper: ArrangementKeeper = new Forgetful()) {
    this.#keeper = keeper
  }

  /** Keys of the shown columns in order; null while nobody has chosen. */
  get chosen(): readonly string[] | null {
    return this.#keeper.arrangement.columns
  }

  get widths(): Readonly<Record<string, number>> {
    return this.#keeper.arrangement.widths
  }

  /** The columns to show, in order. Fixed ones are always among them. */
  arrange<Row>(columns: readonly Column<Row>[], proposed: readonly string[]): readonly Column<Row>[] {
    const keys = this.chosen ?? proposed
    const shown = keys.flatMap((key) => columns.find((column) => column.key === key) ?? [])
    return [...columns.filter((column) => column.isFixed === true && !keys.includes(column.key)), ...shown]
  }

  widthOf({ key, width }: { readonly key: string; readonly width: number }): number {
    return this.widths[key] ?? width
  }

  resize(key: string, width: number): void {
    const drawn = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
    this.#keeper.arrangement = { columns: this.chosen, widths: { ...this.widths, [key]: drawn } }
  }

  /** @param shown keys as they are shown now */
  choose(shown: readonly string[] | null): void {
    this.#keeper.arrangement = { columns: shown, widths: shown === null ? {} : this.widths }
  }

  /** Puts a column where another stands. */
  move(shown: readonly string[], key: string, place: number): void {
    const others = shown.filter((one) => one !== key)
    const at = Math.max(0, Math.min(others.length, place))
    this.choose([...others.slice(0, at), key, ...others.slice(at)])
  }

  /** Ascending, then descending, then not at all; `adds` keeps the sorts that are there. */
  toggleSort(key: string, adds: boolean): void {
    const known = this.sorts.find((sort) => sort.key === key)
    const next: readonly Sort[] =
      known === undefined
        ? [{ key, order: 'ascending' }]
        : known.order === 'ascending'
          ? [{ key, order: 'descending' }]
          : []
    if (!adds) this.sorts = next
    else if (known === undefined) this.sorts = [...this.sorts, ...next]
    else this.sorts = this.sorts.flatMap((sort) => (sort.key === key ? next : [sort]))
  }
}
