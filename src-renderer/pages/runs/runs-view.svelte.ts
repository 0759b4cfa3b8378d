// What the Runs page shows of the history: found, filtered, sorted and grouped; all of it also stands in the address.
import { describeFailure } from '#shared/failure.ts'
import type { RunSummary } from '#shared/run-list.ts'
import { compareCells, sortRows, type Sort } from '../../parts/table/column.ts'
import { Selection } from '../../parts/table/selection.svelte.ts'
import { rowItems, type TableItem } from '../../parts/table/table-item.ts'
import { TableView } from '../../parts/table/table-view.svelte.ts'
import type { SavedView } from '#shared/contract/views.ts'
import type { TableViews } from '../../state/table-views.svelte.ts'
import type { History } from '../../state/history.svelte.ts'
import { filterRuns, findColumn, searchRuns, type Condition } from './conditions.ts'
import { parseExpression, writeExpression } from './expression.ts'
import { groupRuns } from './groups.ts'
import { proposeColumns, RUN_COLUMNS, type RunColumn } from './run-columns.ts'

export class RunsView {
  text = $state('')
  conditions: readonly Condition[] = $state.raw([])
  /** Keys of the columns that runs are grouped by. */
  groupedBy: readonly string[] = $state.raw([])
  closed: ReadonlySet<string> = $state.raw(new Set())
  /** Why the address or the typed expression was not understood; empty when it was. */
  problem = $state('')
  readonly selection = new Selection()
  readonly table: TableView
  readonly #history: History

  readonly #views: TableViews

  constructor(history: History, views: TableViews, parameters: URLSearchParams) {
    this.#history = history
    this.#views = views
    this.table = new TableView(views)
    this.#show(parameters)
  }

  #show(parameters: URLSearchParams): void {
    this.text = parameters.get('text') ?? ''
    this.groupedBy = (parameters.get('group') ?? '').split(',').filter((key) => findColumn(key) !== undefined)
    this.table.sorts = readSorts(parameters.get('sort') ?? '')
    this.write(parameters.get('where') ?? '')
  }

  /** Runs of a sweep may be made in the same millisecond: among these, too, the last comes first. */
  readonly #newestFirst: readonly RunSummary[] = $derived.by(() =>
    this.#history.runs
      .toReversed()
      .toSorted((one, other) => compareCells(one.createdAt, other.createdAt, -1)),
  )
  /** Without the search, so that columns do not come and go while someone types. */
  readonly #filtered: readonly RunSummary[] = $derived.by(() =>
    filterRuns(this.#newestFirst, this.conditions),
  )
  readonly found: readonly RunSummary[] = $derived.by(() => searchRuns(this.#filtered, this.text))
  readonly sorted: readonly RunSummary[] = $derived.by(() =>
    sortRows(this.found, RUN_COLUMNS, this.table.sorts),
  )
  readonly #proposed: readonly string[] = $derived.by(() => proposeColumns(this.#filtered, this.groupedBy))
  readonly columns: readonly RunColumn[] = $derived.by(() =>
    this.table
      .arrange(RUN_COLUMNS, this.#proposed)
      .map((column) => (this.groupedBy.length > 0 ? widen(column) : column)),
  )
  readonly items: readonly TableItem<RunSummary>[] = $derived.by(() => {
    const by = this.groupedBy.flatMap((key) => findColumn(key) ?? [])
    if (by.length === 0) return rowItems(this.sorted, ({ id }) => id)
    return groupRuns(this.sorted, by, this.columns, this.table.sorts, this.closed)
  })
  readonly expression: string = $derived(writeExpression(this.conditions))
  readonly archivedCount: number = $derived.by(() => this.#history.runs.length - this.#history.currentCount)
  /** How many there are to be found: those in the archive only while they are asked for. */
  readonly total: number = $derived.by(() =>
    this.conditions.some(({ key }) => key === 'archived')
      ? this.#history.runs.length
      : this.#history.currentCount,
  )
  readonly chosen: readonly RunSummary[] = $derived.by(() =>
    [...this.selection.chosen].flatMap((id) => this.#history.find(id) ?? []),
  )

  /** What actions act on: the chosen runs, else the one that the keyboard is on, where that can be seen. */
  get targets(): readonly RunSummary[] {
    if (this.chosen.length > 0) return this.chosen
    const item = this.items.find(({ key }) => key === this.selection.active)
    return item?.kind === 'row' ? [item.row] : []
  }

  /** Takes conditions as they are typed; what is not understood changes nothing and is told. */
  write(expression: string): boolean {
    try {
      this.conditions = parseExpression(expression)
      this.problem = ''
      return true
    } catch (error) {
      this.problem = describeFailure(error).message
      return false
    }
  }

  remove(condition: Condition): void {
    this.conditions = this.conditions.filter((one) => one !== condition)
  }

  replace(old: Condition | null, condition: Condition): void {
    this.conditions =
      old === null
        ? [...this.conditions, condition]
        : this.conditions.map((one) => (one === old ? condition : one))
  }

  toggleGroup(key: string): void {
    this.groupedBy = this.groupedBy.includes(key)
      ? this.groupedBy.filter((one) => one !== key)
      : [...this.groupedBy, key]
    this.closed = new Set()
  }

  toggleSection(key: string): void {
    const closed = new Set(this.closed)
    if (!closed.delete(key)) closed.add(key)
    this.closed = closed
  }

  /** This view, to be saved under a name. */
  describe(name: string): SavedView {
    const { columns, widths } = this.#views.arrangement
    return { name, parameters: this.parameters, arrangement: { columns, widths } }
  }

  open({ parameters, arrangement }: SavedView): void {
    this.#show(new URLSearchParams(parameters))
    this.closed = new Set()
    this.#views.arrangement = arrangement
  }

  /** The saved view that shows just this, if there is one. */
  get savedView(): SavedView | undefined {
    const shown = JSON.stringify(this.describe(''))
    return this.#views.saved.find((view) => JSON.stringify({ ...view, name: '' }) === shown)
  }

  /** For the address. */
  get parameters(): Readonly<Record<string, string>> {
    return {
      text: this.text,
      where: this.expression,
      group: this.groupedBy.join(','),
      sort: this.table.sorts.map(({ key, order }) => `${order === 'descending' ? '-' : ''}${key}`).join(','),
    }
  }
}

/** Room for mean and spread. */
function widen(column: RunColumn): RunColumn {
  if (column.writeSpread === undefined || column.key === 'interval') return column
  return { ...column, width: Math.max(column.width, 150) }
}

function readSorts(text: string): readonly Sort[] {
  return text.split(',').flatMap((part) => {
    const key = part.replace(/^-/, '')
    if (findColumn(key) === undefined) return []
    return [{ key, order: part.startsWith('-') ? 'descending' : 'ascending' } as const]
  })
}
