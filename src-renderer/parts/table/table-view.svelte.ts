// How a table is looked at: which columns in which order, how wide, and by what it is sorted. Kept in the browser
// under a name; until someone chooses columns, the table's own proposal holds.
import { z } from 'zod'
import type { Column, Sort } from './column.ts'

const keptSchema = z.object({
  columns: z.array(z.string()).nullable(),
  widths: z.record(z.string(), z.number()),
})

const NARROWEST = 48
const WIDEST = 800

export class TableView {
  sorts: readonly Sort[] = $state.raw([])
  /** Keys of the shown columns in order; null while nobody has chosen. */
  chosen: readonly string[] | null = $state.raw(null)
  widths: Readonly<Record<string, number>> = $state.raw({})
  readonly #name: string | null

  /** @param name under which it is kept; null keeps nothing */
  constructor(name: string | null, sorts: readonly Sort[] = []) {
    this.#name = name
    this.sorts = sorts
    const kept = keptSchema.safeParse(readJson(this.#storageKey()))
    if (!kept.success) return
    this.chosen = kept.data.columns
    this.widths = kept.data.widths
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
    this.widths = { ...this.widths, [key]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) }
    this.#keep()
  }

  /** @param shown keys as they are shown now */
  choose(shown: readonly string[] | null): void {
    this.chosen = shown
    if (shown === null) this.widths = {}
    this.#keep()
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

  #storageKey(): string | null {
    return this.#name === null ? null : `atelier-table-${this.#name}`
  }

  #keep(): void {
    const key = this.#storageKey()
    if (key === null) return
    localStorage.setItem(key, JSON.stringify({ columns: this.chosen, widths: this.widths }))
  }
}

function readJson(key: string | null): unknown {
  const text = key === null ? null : localStorage.getItem(key)
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return null // written by something else: the proposal holds
  }
}
