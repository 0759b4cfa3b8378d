// What the table, the curves, the axes and the points show together: the run under the pointer, and those that are
// picked out by brushing or pressing. Kept in one place, so that each shows what happens in the others.

export class Linked {
  hovered: string | null = $state(null)
  /** Null while nothing is picked out, which is not the same as picking out nothing. */
  picked: ReadonlySet<string> | null = $state.raw(null)

  /** Whether a run stands in front: all do while nothing is looked at. */
  isInFront(runId: string): boolean {
    if (this.hovered !== null) return this.hovered === runId
    return this.picked === null || this.picked.has(runId)
  }

  toggle(runId: string): void {
    const picked = new Set(this.picked)
    if (!picked.delete(runId)) picked.add(runId)
    this.picked = picked.size === 0 ? null : picked
  }
}
