// Keys on a table's body: where they move to and what they do. The table itself decides nothing else.
import { stepTo } from '../list-step.ts'
import type { Selection } from './selection.svelte.ts'
import type { TableItem } from './table-item.ts'

export interface KeyContext<Row> {
  readonly items: readonly TableItem<Row>[]
  readonly selection: Selection
  /** Where the keyboard was last; -1 where it was nowhere yet. */
  readonly last: number
  /** How many rows fit, for PageUp and PageDown. */
  readonly page: number
  readonly canChoose: boolean
  readonly reveal: (index: number) => void
  readonly open?: (row: Row) => void
  readonly toggleSection?: (key: string) => void
}

/** Whether the key meant something here. */
export function pressTableKey<Row>(event: KeyboardEvent, context: KeyContext<Row>): boolean {
  const { items, selection, canChoose, last, page } = context
  if (event.altKey || items.length === 0) return false
  const at = items.findIndex(({ key }) => key === selection.active)
  const target = stepTo(event.key, { at, last, count: items.length, page })
  if (target !== null) return moveTo(target, event.shiftKey && canChoose, context)
  const item = items[at]
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && canChoose) {
    selection.set(rowKeys(items))
    return true
  }
  if (event.key === 'Escape' && selection.chosen.size > 0) {
    selection.clear()
    return true
  }
  if (item === undefined || event.ctrlKey || event.metaKey) return false
  return item.kind === 'section' ? onSection(event.key, item, context) : onRow(event, item, context)
}

function moveTo<Row>(
  index: number,
  extends_: boolean,
  { items, selection, reveal }: KeyContext<Row>,
): boolean {
  const item = items[index]
  if (item === undefined) return false
  if (extends_) selection.extendTo(item.key, rowKeys(items))
  selection.activate(item.key)
  reveal(index)
  return true
}

function onSection<Row>(key: string, item: TableItem<Row>, { toggleSection }: KeyContext<Row>): boolean {
  if (item.kind !== 'section' || toggleSection === undefined) return false
  const isWanted =
    key === 'Enter' ||
    key === ' ' ||
    (key === 'ArrowLeft' && item.isOpen) ||
    (key === 'ArrowRight' && !item.isOpen)
  if (isWanted) toggleSection(item.key)
  return isWanted
}

function onRow<Row>(event: KeyboardEvent, item: TableItem<Row>, context: KeyContext<Row>): boolean {
  if (item.kind !== 'row') return false
  if (event.key === ' ' && context.canChoose) {
    context.selection.toggle(item.key)
    return true
  }
  if (event.key !== 'Enter' || context.open === undefined) return false
  context.open(item.row)
  return true
}

export function rowKeys<Row>(items: readonly TableItem<Row>[]): readonly string[] {
  return items.flatMap((item) => (item.kind === 'row' ? [item.key] : []))
}
