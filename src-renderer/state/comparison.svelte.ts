// The comparison that is being made: it collects runs from every page and is what the Compare page shows.
import {
  addressOfComparison,
  EMPTY_VIEW,
  readView,
  writeView,
  type ComparisonView,
} from './comparison-view.ts'

export class Comparison {
  view: ComparisonView = $state.raw(EMPTY_VIEW)
  readonly address: string = $derived(addressOfComparison(writeView(this.view)))
  readonly baseline: string | null = $derived(this.view.baseline ?? this.view.runIds[0] ?? null)
  /** The run that is held against the baseline image by image. */
  readonly against: string | null = $derived.by(() => {
    const { against, runIds } = this.view
    if (against !== null && against !== this.baseline) return against
    return runIds.find((id) => id !== this.baseline) ?? null
  })

  /** Takes what an address says; one without runs leaves the comparison as it is. */
  adopt(parameters: URLSearchParams): void {
    const view = readView(parameters)
    if (view.runIds.length === 0) return
    if (addressOfComparison(writeView(view)) !== this.address) this.view = view
  }

  change(changes: Partial<ComparisonView>): void {
    this.view = { ...this.view, ...changes }
  }

  has(runId: string): boolean {
    return this.view.runIds.includes(runId)
  }

  /** @returns how many are new */
  add(runIds: readonly string[]): number {
    const added = runIds.filter((id) => !this.has(id))
    this.change({ runIds: [...this.view.runIds, ...new Set(added)] })
    return added.length
  }

  /** Begins anew with these runs, seen as before. */
  start(runIds: readonly string[]): void {
    this.change({ runIds: [...new Set(runIds)], baseline: null, against: null, savedId: null })
  }

  remove(runId: string): void {
    const { runIds, baseline, against } = this.view
    this.change({
      runIds: runIds.filter((id) => id !== runId),
      baseline: baseline === runId ? null : baseline,
      against: against === runId ? null : against,
    })
  }

  /** Puts a run so many places to the right, or to the left where negative. */
  move(runId: string, steps: number): void {
    const rest = this.view.runIds.filter((id) => id !== runId)
    const place = Math.max(0, Math.min(rest.length, this.view.runIds.indexOf(runId) + steps))
    // The baseline is named, so that it does not change with the order.
    this.change({ runIds: rest.toSpliced(place, 0, runId), baseline: this.baseline })
  }
}
