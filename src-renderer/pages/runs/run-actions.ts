// What can be done to runs from the list and from a run's page. Every refusal is told; what is lost can be undone.
import type { Experiment } from '#shared/experiment.ts'
import { MAX_IMPORT_BYTES, MAX_PACKED_RUNS } from '#shared/contract/transfers.ts'
import { Failure } from '#shared/failure.ts'
import { type AnnotationChanges, isResting, type RunStatus, type SharedAnnotations } from '#shared/run.ts'
import { fromBase64, toBase64 } from '../../parts/base64.ts'
import { writeCount } from '../../parts/numbers.ts'
import { saveFile } from '../../parts/save-file.ts'
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
  #isTakingIn = false

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

  /** Runs that have ended, as one file for another history. */
  async handOn(runs: readonly RunSubject[]): Promise<void> {
    const { client, toasts } = this.#workbench
    const ended = runs.filter(isResting)
    await toasts.attempt(async () => {
      if (ended.length === 0 || ended.length > MAX_PACKED_RUNS) throw cannotHandOn(ended.length)
      const { name, content } = await client.transfers.exportRuns({ runIds: ended.map(({ id }) => id) })
      saveFile(name, new Blob([fromBase64(content)], { type: 'application/zip' }))
      if (ended.length < runs.length)
        toasts.say('Runs that wait or train were left out: they have not ended.')
    })
  }

  /** Runs of another history, from the file that they were exported as. One file at a time. */
  async takeIn(file: File): Promise<void> {
    const { client, toasts } = this.#workbench
    if (this.#isTakingIn) {
      toasts.say('A file of runs is being taken in. Choose the next one when it is here.')
      return
    }
    this.#isTakingIn = true
    await toasts.attempt(async () => {
      if (file.size > MAX_IMPORT_BYTES) throw tooLarge(file)
      const { runs, known } = await client.transfers.importRuns({
        name: file.name,
        content: await toBase64(file),
      })
      const rest = known.length === 0 ? '' : ` ${writeCount(known.length)} were here already.`
      toasts.say(`Took in ${nameAll(runs)} from ${file.name}.${rest}`)
    })
    this.#isTakingIn = false
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

function cannotHandOn(count: number): Failure {
  const fault =
    count === 0
      ? 'None of these runs has ended, and only such runs can be handed on.'
      : `${writeCount(count)} runs are too many for one file, which takes ${MAX_PACKED_RUNS}.`
  return new Failure('conflict', `${fault} Choose others.`)
}

function tooLarge({ name, size }: File): Failure {
  const limit = Math.floor(MAX_IMPORT_BYTES / 2 ** 20)
  return new Failure(
    'invalid-file',
    `${name} has ${Math.ceil(size / 2 ** 20)} MiB, and a page can send ${limit} at once. ` +
      `Take it in with a terminal: atelier import-runs FILE`,
  )
}
