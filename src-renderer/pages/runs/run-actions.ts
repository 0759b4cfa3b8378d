// What can be done to runs from the list and from a run's page. Every refusal is told; what is lost can be undone.
import type { Experiment } from '#shared/experiment.ts'
import type { AnnotationChanges, RunStatus, SharedAnnotations } from '#shared/run.ts'
import { writeCount } from '../../parts/numbers.ts'
import { tellAdded } from '../../state/tell-added.ts'
import type { Workbench } from '../../workbench.ts'

/** What actions need to know of a run, be it whole or a line of the list. */
export interface RunSubject {
  readonly id: string
  readonly name: string
  readonly status: RunStatus
  readonly experiment: Experiment
  readonly tags: readonly string[]
  readonly starred: boolean
  readonly archived: boolean
}

const BUSY: readonly RunStatus[] = ['running', 'paused']

export class RunActions {
  readonly #workbench: Workbench

  constructor(workbench: Workbench) {
    this.#workbench = workbench
  }

  annotate(run: RunSubject, changes: AnnotationChanges): Promise<unknown> {
    return this.#workbench.toasts.attempt(() => this.#workbench.history.annotate(run.id, changes))
  }

  /** Stars all, or takes the stars away where all have one. */
  async star(runs: readonly RunSubject[]): Promise<void> {
    const starred = !runs.every((run) => run.starred)
    await this.#annotateAll(runs, { starred })
  }

  async archive(runs: readonly RunSubject[]): Promise<void> {
    const archived = !runs.every((run) => run.archived)
    const isDone = await this.#annotateAll(runs, { archived })
    if (!isDone) return
    const verb = archived ? 'Archived' : 'Took out of the archive:'
    this.#workbench.toasts.say(`${verb} ${nameAll(runs)}.`, {
      label: 'Undo',
      run: () => void this.#annotateAll(runs, { archived: !archived }),
    })
  }

  /** Adds and takes away tags; other tags stay. */
  async tag(
    runs: readonly RunSubject[],
    added: readonly string[],
    removed: readonly string[],
  ): Promise<void> {
    await this.#annotateAll(runs, { addedTags: [...added], removedTags: [...removed] })
  }

  async delete(runs: readonly RunSubject[]): Promise<boolean> {
    const { toasts, history } = this.#workbench
    const free = runs.filter(({ status }) => !BUSY.includes(status))
    if (free.length < runs.length) toasts.say('Runs that are training were left alone: stop them first.')
    if (free.length === 0) return false
    const ids = free.map(({ id }) => id)
    const isDone = await toasts.attempt(async () => {
      await history.delete(ids)
      return true
    })
    if (isDone !== true) return false
    toasts.say(`Deleted ${nameAll(free)}.`, {
      label: 'Undo',
      run: () => void toasts.attempt(() => history.restore(ids)),
    })
    return true
  }

  /** Opens the comparison of these runs; a single one is added to the comparison that there is. */
  compare(runs: readonly RunSubject[]): void {
    const { comparison, route } = this.#workbench
    const runIds = runs.map(({ id }) => id)
    if (runIds.length === 1) comparison.add(runIds)
    else comparison.start(runIds)
    route.go(comparison.address)
  }

  addToComparison(runs: readonly RunSubject[]): void {
    tellAdded(
      this.#workbench,
      runs.map(({ id }) => id),
    )
  }

  duplicate(run: RunSubject): void {
    this.#workbench.draft.setDraft(run.experiment, run.name)
    this.#workbench.route.go('#/experiments')
  }

  /** All or none. */
  async #annotateAll(runs: readonly RunSubject[], changes: SharedAnnotations): Promise<boolean> {
    const { toasts, history } = this.#workbench
    const isDone = await toasts.attempt(async () => {
      const ids = runs.map(({ id }) => id)
      await history.annotateAll(ids, changes)
      return true
    })
    return isDone === true
  }
}

export function nameAll(runs: readonly { readonly name: string }[]): string {
  const [only] = runs
  return runs.length === 1 && only !== undefined ? `“${only.name}”` : `${writeCount(runs.length)} runs`
}
