// What a key or a button does to the findings that are meant: those that are chosen, or the one that the keyboard is on.
// Every change is one step that can be undone.
import type { Mark } from '#shared/marks.ts'
import type { Command } from '../../state/commands.svelte.ts'
import type { Toasts } from '../../state/toasts.svelte.ts'
import type { QualityBoard } from './quality-board.svelte.ts'
import { clearMarks, type QualityRow, toggleExcluded, toggleSuggested } from './quality-rows.ts'

export class MarkActions {
  readonly #board: QualityBoard
  readonly #toasts: Toasts
  /** Of the last change: only that one can be undone, so no older message may offer it. */
  #said: number | null = null

  constructor(board: QualityBoard, toasts: Toasts) {
    this.#board = board
    this.#toasts = toasts
  }

  get targets(): readonly QualityRow[] {
    const { chosenRows, activeRow } = this.#board
    return chosenRows.length > 0 ? chosenRows : activeRow === null ? [] : [activeRow]
  }

  exclude(rows = this.targets): void {
    const { imageLibrary: library, marks } = this.#board
    if (library === null) return
    const changed = toggleExcluded(rows, library.format.trainCount, (image) => marks.of(image))
    const verb = changed[0]?.excluded === true ? 'Excluded' : 'Took back in'
    void this.apply(changed, `${verb} ${this.#name(changed)}`)
  }

  acceptSuggestion(rows = this.targets): void {
    const changed = toggleSuggested(rows, (image) => this.#board.marks.of(image))
    const isTaken = changed[0]?.label !== null
    const text = isTaken ? 'Marked as wrongly labelled:' : 'Took the given label for right again:'
    void this.apply(changed, `${text} ${this.#name(changed)}`)
  }

  clear(rows = this.targets): void {
    const changed = clearMarks(rows, (image) => this.#board.marks.isMarked(image))
    void this.apply(changed, `Took away the marks of ${this.#name(changed)}`)
  }

  async apply(marks: readonly Mark[], text: string): Promise<void> {
    if (marks.length === 0) return
    await this.#toasts.attempt(async () => {
      await this.#board.marks.change(marks, text)
      this.say(text, 'Undo')
    })
  }

  undo(): void {
    void this.#toasts.attempt(async () => {
      const text = this.#board.marks.undoable
      await this.#board.marks.undo()
      this.say(`Undone: ${text ?? 'the last change'}`, 'Redo')
    })
  }

  redo(): void {
    void this.#toasts.attempt(async () => {
      const text = this.#board.marks.redoable
      await this.#board.marks.redo()
      this.say(`Done again: ${text ?? 'the last change'}`, 'Undo')
    })
  }

  /** Tells of a change; no older message offers to undo what is not the last change any more. */
  say(text: string, offer: 'Undo' | 'Redo'): void {
    if (this.#said !== null) this.#toasts.dismiss(this.#said)
    const run = offer === 'Undo' ? () => this.undo() : () => this.redo()
    this.#said = this.#toasts.say(`${text}.`, { label: offer, run })
  }

  /** For the palette, the sheet of shortcuts and the keys. */
  commands(edit: () => void): readonly Command[] {
    const group = 'Quality board'
    return [
      {
        id: 'quality-accept',
        label: 'Take the suggested label',
        group,
        keys: 'w',
        run: () => this.acceptSuggestion(),
      },
      {
        id: 'quality-exclude',
        label: 'Exclude from training, or take back',
        group,
        keys: 'x',
        run: () => this.exclude(),
      },
      { id: 'quality-edit', label: 'Edit the mark: label, note', group, keys: 'e', run: edit },
      { id: 'quality-clear', label: 'Take marks away', group, keys: 'backspace', run: () => this.clear() },
      { id: 'quality-undo', label: 'Undo the last mark', group, keys: 'mod+z', run: () => this.undo() },
      { id: 'quality-redo', label: 'Redo', group, keys: 'mod+shift+z', run: () => this.redo() },
    ]
  }

  #name(marks: readonly Mark[]): string {
    const [first] = marks
    if (first === undefined || marks.length > 1) return `${marks.length} images`
    return this.#board.imageLibrary?.nameOf(first.image) ?? `image ${first.image}`
  }
}
