// Which rows of a table are chosen and which one the keyboard is on. Keys, not places, so that both survive sorting.

export class Selection {
  chosen: ReadonlySet<string> = $state.raw(new Set())
  active: string | null = $state(null)
  /** Where a range begins. */
  #anchor: string | null = null

  has(key: string): boolean {
    return this.chosen.has(key)
  }

  /** Moves the keyboard's place without choosing. */
  activate(key: string): void {
    this.active = key
  }

  toggle(key: string): void {
    const chosen = new Set(this.chosen)
    if (!chosen.delete(key)) chosen.add(key)
    this.chosen = chosen
    this.active = key
    this.#anchor = key
  }

  /** Chooses all from where the last choice was to here. */
  extendTo(key: string, order: readonly string[]): void {
    const from = order.indexOf(this.#anchor ?? this.active ?? key)
    const to = order.indexOf(key)
    if (to === -1) return
    const start = from === -1 ? to : from
    const range = order.slice(Math.min(start, to), Math.max(start, to) + 1)
    this.#anchor ??= this.active ?? key
    this.chosen = new Set([...this.chosen, ...range])
    this.active = key
  }

  set(keys: Iterable<string>): void {
    this.chosen = new Set(keys)
  }

  clear(): void {
    this.chosen = new Set()
    this.#anchor = null
  }

  /** Drops what is no longer there. */
  keepOnly(isThere: (key: string) => boolean): void {
    const kept = [...this.chosen].filter(isThere)
    if (kept.length !== this.chosen.size) this.chosen = new Set(kept)
    if (this.active !== null && !isThere(this.active)) this.active = null
  }
}
