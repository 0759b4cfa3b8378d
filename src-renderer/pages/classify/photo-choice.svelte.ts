// Which photo of the list the keyboard is on, which ones are chosen, and how keys and clicks change that. The photo that
// the keyboard is on is the one that is opened beside the list.
import { ImageSelection } from '../../parts/images/image-selection.svelte.ts'
import { stepTo } from '../../parts/list-step.ts'
import type { PhotoList } from './photo-list.svelte.ts'

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>
type Click = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>

export class PhotoChoice {
  readonly #selection = new ImageSelection()
  readonly #list: PhotoList
  /** Where the active photo was seen last, for when the filter has no place for it any more. */
  #place = 0
  readonly active: number | null = $derived(this.#selection.active)
  readonly chosen: ReadonlySet<number> = $derived(this.#selection.chosen)
  /** What a key or a button is meant for. */
  readonly targets: readonly number[] = $derived(
    this.chosen.size > 0 ? [...this.chosen] : this.active === null ? [] : [this.active],
  )

  constructor(list: PhotoList, active: number | null) {
    this.#list = list
    if (active !== null) this.#selection.activate(active)
  }

  get index(): number {
    const { active } = this
    return active === null ? -1 : this.#list.numbers.indexOf(active)
  }

  activate(number: number): void {
    this.#selection.activate(number)
    this.#place = Math.max(0, this.index)
  }

  /** After another filter was chosen: the first photo of the list, where the active one is not among them. */
  enter(): void {
    const [first] = this.#list.numbers
    if (this.index === -1 && first !== undefined) this.activate(first)
  }

  clear(): void {
    this.#selection.clear()
  }

  /** Drops what was deleted or is not in the list any more. */
  keepListed(): void {
    const listed = new Set(this.#list.numbers)
    const kept = [...this.chosen].filter((number) => listed.has(number))
    if (kept.length !== this.chosen.size) this.#selection.set(kept)
  }

  click(number: number, { shiftKey, ctrlKey, metaKey }: Click): void {
    if (shiftKey) this.#selection.extendTo(number, this.#list.numbers)
    else if (ctrlKey || metaKey) this.toggle(number)
    else {
      this.clear()
      this.activate(number)
    }
  }

  /** The one that was active alone belongs to the choice as soon as there is another. */
  toggle(number: number): void {
    if (this.chosen.size === 0 && this.active !== null && this.active !== number)
      this.#selection.choose(this.active)
    this.#selection.toggle(number)
  }

  /**
   * @param page rows that the page keys move by
   * @returns the place to bring into sight; null where the key meant something else, or nothing
   */
  press({ key, shiftKey, ctrlKey, metaKey }: Press, page: number): { place: number | null } | null {
    const { numbers } = this.#list
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') {
      this.#selection.set(numbers)
      return { place: null }
    }
    if (ctrlKey || metaKey) return null
    if (key === 'Escape' && this.chosen.size > 0) {
      this.clear()
      return { place: null }
    }
    if (key === ' ' && this.active !== null) {
      this.#selection.toggle(this.active)
      return { place: null }
    }
    const last = this.active === null ? -1 : this.#place
    const place = stepTo(key, { at: this.index, last, count: numbers.length, page })
    const number = place === null ? undefined : numbers[place]
    if (place === null || number === undefined) return null
    if (shiftKey) this.#selection.extendTo(number, numbers)
    else {
      this.clear()
      this.activate(number)
    }
    return { place }
  }
}
