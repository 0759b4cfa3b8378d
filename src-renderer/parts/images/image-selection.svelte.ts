// Which images are chosen and which one the keyboard is on, by the numbers of the images: both survive filters, sorting
// and zooming.

export class ImageSelection {
  chosen: ReadonlySet<number> = $state.raw(new Set())
  active: number | null = $state(null)
  /** Where a range begins. */
  #anchor: number | null = null

  /** Moves the keyboard's place without choosing. */
  activate(image: number): void {
    this.active = image
    if (this.chosen.size === 0) this.#anchor = image
  }

  /** This one and no other. */
  choose(image: number): void {
    this.chosen = new Set([image])
    this.active = image
    this.#anchor = image
  }

  toggle(image: number): void {
    const chosen = new Set(this.chosen)
    if (!chosen.delete(image)) chosen.add(image)
    this.chosen = chosen
    this.active = image
    this.#anchor = image
  }

  /** All from where the last choice was to here, in the order shown; others only where they are kept. */
  extendTo(image: number, order: Uint32Array, keepsOthers = false): void {
    const anchor = this.#anchor ?? this.active ?? image
    const to = order.indexOf(image)
    const from = order.indexOf(anchor)
    if (to === -1) return
    const start = from === -1 ? to : from
    const range = order.subarray(Math.min(start, to), Math.max(start, to) + 1)
    this.chosen = keepsOthers ? new Set([...this.chosen, ...range]) : new Set(range)
    this.#anchor = from === -1 ? image : anchor
    this.active = image
  }

  set(images: Iterable<number>): void {
    this.chosen = new Set(images)
  }

  clear(): void {
    this.chosen = new Set()
    this.#anchor = null
  }
}
