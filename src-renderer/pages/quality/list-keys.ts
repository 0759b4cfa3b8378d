// Keys of the list of findings that move and choose; those that mark are commands of the page.
import { stepTo } from '../../parts/list-step.ts'
import type { Selection } from '../../parts/table/selection.svelte.ts'

interface ListContext {
  /** Of the rows, in the order shown. */
  readonly keys: readonly string[]
  readonly selection: Selection
  /** Where the keyboard was last; -1 where it was nowhere yet. */
  readonly last: number
  /** Rows that a page key moves by. */
  readonly page: number
  readonly reveal: (index: number) => void
  readonly open: () => void
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>

/** Whether the key meant something here. */
export function pressListKey(event: Press, context: ListContext): boolean {
  const { keys, selection, last, page, reveal, open } = context
  const at = selection.active === null ? -1 : keys.indexOf(selection.active)
  const target = stepTo(event.key, { at, last, count: keys.length, page })
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
  else if (event.key === ' ' && selection.active !== null && at !== -1) selection.toggle(selection.active)
  else if (event.key === 'Enter' && at !== -1) open()
  else return false
  return true
}
