// What is done with comparisons that are kept. Every refusal is told; a deletion can be undone.
import type { SavedComparison } from '#shared/saved-comparison.ts'
import { addressOfComparison, writeView } from '../../state/comparison-view.ts'
import type { Workbench } from '../../workbench.ts'

export class SavedActions {
  readonly #workbench: Workbench

  constructor(workbench: Workbench) {
    this.#workbench = workbench
  }

  open({ id, runIds, baseline, view }: SavedComparison): void {
    const parameters = { ...view, runs: runIds.join(','), baseline: baseline ?? '', saved: id }
    this.#workbench.route.go(addressOfComparison(parameters))
  }

  /** Keeps what is shown under a name of its own. */
  async saveNew({ name, notes }: { name: string; notes: string }): Promise<void> {
    const { comparison, saved, toasts } = this.#workbench
    const kept = await toasts.attempt(() => saved.save({ name, notes, ...this.#shown() }))
    if (kept === undefined) return
    comparison.change({ savedId: kept.id })
    toasts.say(`Saved “${name}”.`)
  }

  /** Puts what is shown in the place of what was kept. */
  async saveAgain({ id, name }: SavedComparison): Promise<void> {
    const { saved, toasts } = this.#workbench
    const kept = await toasts.attempt(() => saved.change(id, this.#shown()))
    if (kept !== undefined) toasts.say(`Saved “${name}” as it is shown now.`)
  }

  async rename({ id }: SavedComparison, changes: { name: string; notes: string }): Promise<void> {
    await this.#workbench.toasts.attempt(() => this.#workbench.saved.change(id, changes))
  }

  async delete({ id, name }: SavedComparison): Promise<void> {
    const { saved, toasts, comparison } = this.#workbench
    const isDone = await toasts.attempt(async () => {
      await saved.delete(id)
      return true
    })
    if (isDone !== true) return
    const wasShown = comparison.view.savedId === id
    if (wasShown) comparison.change({ savedId: null })
    toasts.say(`Deleted “${name}”.`, {
      label: 'Undo',
      run: () =>
        void toasts.attempt(async () => {
          await saved.restore(id)
          if (wasShown && comparison.view.savedId === null) comparison.change({ savedId: id })
        }),
    })
  }

  #shown(): Pick<SavedComparison, 'runIds' | 'baseline' | 'view'> {
    const { view } = this.#workbench.comparison
    const { runs: _runs, baseline: _baseline, saved: _saved, ...seen } = writeView(view)
    return { runIds: [...view.runIds], baseline: view.baseline, view: seen }
  }
}
