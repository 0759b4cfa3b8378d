// The view of a grid onto its list: its size, how far it is scrolled, and what follows from both. The component binds
// it to an element; everything else here is numbers.
import type { Box, GridLayout } from './grid-layout.ts'
import { cornerOf, layOut, placesInSight, revealTop, scrollOfTop, topOfScroll } from './grid-layout.ts'

export class GridView {
  width = $state(0)
  height = $state(0)
  scrollTop = $state(0)
  pixelRatio = $state(1)
  box: Box | null = $state.raw(null)
  isFocused = $state(false)
  /** 1 while the view moves down or rests, -1 while it moves up. */
  direction: 1 | -1 = 1
  readonly #layout: () => GridLayout
  #element: HTMLElement | null = null

  constructor(layout: () => GridLayout) {
    this.#layout = layout
  }

  /** For `use:` of the element that scrolls. */
  readonly attach = (element: HTMLElement): { destroy(): void } => {
    this.#element = element
    const measure = (): void => {
      this.pixelRatio = devicePixelRatio
      const { clientWidth, clientHeight } = element
      if (clientWidth !== this.width || clientHeight !== this.height)
        this.keepInSight(() => {
          this.width = clientWidth
          this.height = clientHeight
        })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return {
      destroy: () => {
        observer.disconnect()
        this.#element = null
      },
    }
  }

  get top(): number {
    return topOfScroll(this.#layout(), this.scrollTop)
  }

  get inSight(): { readonly first: number; readonly last: number } {
    return placesInSight(this.#layout(), this.top)
  }

  readonly readScroll = (): void => {
    const scrollTop = this.#element?.scrollTop ?? 0
    if (scrollTop === this.scrollTop) return
    this.direction = scrollTop < this.scrollTop ? -1 : 1
    this.scrollTop = scrollTop
  }

  reveal(place: number): void {
    this.scrollTo(revealTop(this.#layout(), place, this.top))
  }

  scrollTo(top: number): void {
    if (this.#element !== null) this.#element.scrollTop = scrollOfTop(this.#layout(), top)
    this.readScroll()
  }

  /** A point of the window in the coordinates of the whole grid. */
  toGrid(clientX: number, clientY: number): { x: number; y: number } {
    const frame = this.#element?.getBoundingClientRect()
    return { x: clientX - (frame?.left ?? 0), y: clientY - (frame?.top ?? 0) + this.top }
  }

  edge(clientY: number, margin: number): -1 | 0 | 1 {
    const frame = this.#element?.getBoundingClientRect()
    if (frame === undefined) return 0
    if (clientY < frame.top + margin) return -1
    return clientY > frame.bottom - margin ? 1 : 0
  }

  /**
   * Changes how the grid is laid out while one place stays where it is in the view.
   * @param place the one that stays; by default the one in the upper left
   */
  keepInSight(change: () => void, place = this.inSight.first): void {
    const before = this.#layout()
    const offset = before.rows === 0 ? 0 : cornerOf(before, place).top - this.top
    change()
    const after = this.#layout()
    if (this.#element === null || after.rows === 0) return
    const full = this.#element.querySelector<HTMLElement>('[data-full]')
    full?.style.setProperty('height', `${after.scrollHeight}px`) // at once, for what is set next
    this.scrollTo(revealTop(after, place, cornerOf(after, place).top - offset))
  }
}

/** A layout before anything is known of the element. */
export const NO_LAYOUT: GridLayout = layOut(0, { width: 1, height: 1, caption: 0, gap: 0 }, 0, 0)
