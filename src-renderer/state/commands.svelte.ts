// Everything that can be done from the keyboard: pages add their commands while they are shown, the palette lists
// them, the sheet of shortcuts prints them, and key presses find them here.
import { untrack } from 'svelte'
import { matchesKeys } from './key-names.ts'

export interface Command {
  readonly id: string
  readonly label: string
  /** A heading in the palette and the sheet: the page, or 'Go to'. */
  readonly group: string
  /** Such as 'mod+k', '/', 'shift+x'; none when only the palette has it. */
  readonly keys?: string
  /** Left out of the palette: keys that only make sense where the focus is. */
  readonly hidden?: boolean
  readonly run: () => void
}

export class Commands {
  isPaletteOpen = $state(false)
  isSheetOpen = $state(false)
  #sets: readonly (readonly Command[])[] = $state.raw([])
  readonly all: readonly Command[] = $derived(this.#sets.flat())

  /** Returns how to take them away: made for `$effect(() => commands.add([...]))`. */
  add(commands: readonly Command[]): () => void {
    this.#sets = [...untrack(() => this.#sets), commands]
    return () => {
      this.#sets = untrack(() => this.#sets).filter((set) => set !== commands)
    }
  }

  /** For the window's keydown; where text is typed, only keys with Ctrl or Cmd that do not edit it are heard. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    if (this.isPaletteOpen || this.isSheetOpen) return // perhaps still on its way: what is typed is meant for it
    const isTyping = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null
    const isInDialog = event.target instanceof Element && event.target.closest('[role=dialog]') !== null
    const command = this.all.findLast(({ keys, hidden }) => {
      return hidden !== true && keys !== undefined && matchesKeys(event, keys)
    })
    if (command === undefined || isInDialog) return
    if (isTyping && !isHeardWhileTyping(command)) return
    event.preventDefault()
    command.run()
  }
}

/** With these the field takes its own text back, brings it again, chooses, copies, cuts and pastes. */
const EDITING_KEYS = ['z', 'shift+z', 'y', 'a', 'c', 'x', 'v'].map((key) => `mod+${key}`)

function isHeardWhileTyping({ keys = '' }: Command): boolean {
  return keys.startsWith('mod+') && !EDITING_KEYS.includes(keys)
}

const TYPED_INTO =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=menu], [role=listbox]'
