// What the table, the curves, the axes and the points show together: the run under the pointer, and those that are
// picked out by brushing or pressing. Kept in one place, so that each shows what happens in the others.

export class Linked {
  hovered: string | null = $state(null)
  /** The runs inside every brush; null while nothing is brushed. */
  brushed: ReadonlySet<string> | null = $state.raw(null)
  /** What was pressed: whether a run is picked out, whatever is brushed. */
  #pressed: ReadonlyMap<string, boolean> = $state.raw(new Map())
  /** Null while nothing is picked out, which is not the same as picking out nothing. */
  readonly picked: ReadonlySet<string> | null = $derived.by(() => {
    const picked = new Set(this.brushed)
    for (const [runId, isPicked] of this.#pressed) {
      if (isPicked) picked.add(runId)
      else picked.delete(runId)
    }
    return this.brushed === null && picked.size === 0 ? null : picked
  })

  /** Whether a run stands in front: all do while nothing is looked at. */
  isInFront(runId: string): boolean {
    if (this.hovered !== null) return this.hovered === runId
    return this.picked === null || this.picked.has(runId)
  }

  toggle(runId: string): void {
    this.#pressed = new Map(this.#pressed).set(runId, this.picked?.has(runId) !== true)
  }

  /** Forgets what was pressed. */
  clear(): void {
    this.#pressed = new Map()
  }

  /** Forgets what was pressed of runs that are not compared any more. */
  keepOnly(runIds: ReadonlySet<string>): void {
    const kept = [...this.#pressed].filter(([runId]) => runIds.has(runId))
    if (kept.length !== this.#pressed.size) this.#pressed = new Map(kept)
  }
}
