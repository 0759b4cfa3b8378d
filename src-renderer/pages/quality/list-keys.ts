// Keys of the list of findings that move and choose; those that mark are commands of the page.
import type { Selection } from '../../parts/table/selection.svelte.ts'

interface ListContext {
  /** Of the rows, in the order shown. */
  readonly keys: readonly string[]
  readonly selection: Selection
  /** Rows that a page key moves by. */
  readonly page: number
  readonly reveal: (index: number) => void
  readonly open: () => void
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>

/** Whether the key meant something here. */
export function pressListKey(event: Press, context: ListContext): boolean {
  const { keys, selection, page, reveal, open } = context
  const at = selection.active === null ? -1 : keys.indexOf(selection.active)
  const target = targetOf(event.key, at, keys.length, page)
  const key = target === null ? undefined : keys[target]
  if (target !== null && key !== undefined) {
    if (event.shiftKey) selection.extendTo(key, keys)
    selection.activate(key)
    reveal(target)
    return true
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') selection.set(keys)
  else if (event.ctrlKey || event.metaKey) return false
  else if (event.key === 'Escape' && selection.chosen.size > 0) selection.clear()
  else if (event.key === ' ' && selection.active !== null) selection.toggle(selection.active)
  else if (event.key === 'Enter' && selection.active !== null) open()
  else return false
  return true
}

function targetOf(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key]
  if (step !== undefined) return at === -1 ? 0 : Math.min(count - 1, Math.max(0, at + step))
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
