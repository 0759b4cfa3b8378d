// What would happen to each combination of the form if it were queued now: made, skipped because its like is done or
// waits already, or refused. Which are done is asked of the host, for all of them in one call.
import type { Client } from '#shared/client.ts'
import type { DatasetSummary, RunRequest } from '#shared/contract.ts'
import type { Experiment } from '#shared/experiment.ts'
import { describeFailure } from '#shared/failure.ts'
import type { RunStatus } from '#shared/run.ts'
import { groupByCost } from '#shared/sweep-cost.ts'
import type { Combination } from '#shared/sweep.ts'
import type { ExperimentForm } from './experiment-form.svelte.ts'
import type { History } from './history.svelte.ts'

export type PlannedRun = { readonly combination: Combination } & (
  | { readonly state: 'new' | 'asking'; readonly experiment: Experiment }
  | { readonly state: 'done' | 'waiting'; readonly experiment: Experiment; readonly runId: string }
  | { readonly state: 'invalid'; readonly reason: string }
)

const UNDER_WAY: readonly RunStatus[] = ['queued', 'running', 'paused']
const MAX_NAME = 200
const MAX_TAG = 50

export class SweepPlan {
  /** Makes runs again whose like is done or waits. */
  runsAgain = $state(false)
  problem = $state('')
  readonly #client: Client
  readonly #form: ExperimentForm
  readonly #history: History
  /** The newest completed run of every experiment that was asked for, by its text. */
  #done: ReadonlyMap<string, string | null> = $state.raw(new Map())
  #questions = 0

  readonly #waiting: ReadonlyMap<string, string> = $derived(this.#listWaiting())
  readonly runs: readonly PlannedRun[] = $derived.by(() =>
    this.#form.sweep.combinations.map((one) => this.#plan(one)),
  )
  readonly toMake = $derived(this.runs.filter((run) => this.#willStart(run)))
  readonly skipped = $derived(this.runs.filter(({ state }) => state === 'done' || state === 'waiting').length)
  readonly invalid = $derived(this.runs.filter(({ state }) => state === 'invalid').length)
  /** What has to be measured to know the cost of the runs to make, or of all when none is to be made. */
  readonly costGroups = $derived(
    groupByCost(
      (this.toMake.length > 0 ? this.toMake : this.runs).flatMap((run) =>
        run.state === 'invalid' ? [] : [run.experiment],
      ),
    ),
  )
  readonly tags: readonly string[] = $derived.by(() => splitTags(this.#form.tags))
  readonly tagsFault = $derived(findTagsFault(this.tags))

  constructor(client: Client, form: ExperimentForm, history: History) {
    this.#client = client
    this.#form = form
    this.#history = history
  }

  /** Asks which experiments of the form are done. Answers to an earlier question are dropped. */
  async lookUp(): Promise<void> {
    const question = ++this.#questions
    const { experiments, dataset } = this.#form
    if (dataset === undefined || experiments.length === 0) return
    try {
      const directory = dataset.directory
      const found = await this.#client.experiments.findDone({ experiments: [...experiments], directory })
      if (question !== this.#questions) return
      const answers = experiments.map((experiment, i): [string, string | null] => [
        keyOf(experiment, dataset),
        found[i] ?? null,
      ])
      // What waits may be done a moment later: it is asked for again then.
      this.#done = new Map(answers.filter(([key, runId]) => runId !== null || !this.#waiting.has(key)))
      this.problem = ''
    } catch (error) {
      if (question === this.#questions) this.problem = describeFailure(error).message
    }
  }

  /** What is handed to the queue, once it is known which are done; should that not be known, none counts as done. */
  async listRequests(): Promise<RunRequest[]> {
    if (this.runs.some(({ state }) => state === 'asking')) await this.lookUp()
    const directory = this.#form.dataset?.directory ?? null
    return this.toMake.flatMap((run) => {
      if (run.state === 'invalid') return []
      return [{ name: this.#nameRun(run), experiment: run.experiment, directory, tags: [...this.tags] }]
    })
  }

  #willStart({ state }: PlannedRun): boolean {
    if (state === 'invalid') return false
    return this.runsAgain || state === 'new' || state === 'asking'
  }

  #plan(combination: Combination): PlannedRun {
    if (combination.state === 'invalid') return { combination, state: 'invalid', reason: combination.reason }
    const { experiment } = combination
    const dataset = this.#form.dataset
    const key = dataset === undefined ? '' : keyOf(experiment, dataset)
    const waiting = this.#waiting.get(key)
    if (waiting !== undefined) return { combination, state: 'waiting', experiment, runId: waiting }
    const done = this.#done.get(key)
    if (done === undefined) return { combination, state: 'asking', experiment }
    return done === null
      ? { combination, state: 'new', experiment }
      : { combination, state: 'done', experiment, runId: done }
  }

  #listWaiting(): ReadonlyMap<string, string> {
    const dataset = this.#form.dataset
    if (dataset === undefined) return new Map()
    const underWay = this.#history.runs.filter(
      (run) =>
        UNDER_WAY.includes(run.status) &&
        run.dataset.id === dataset.id &&
        run.dataset.directory === dataset.directory,
    )
    return new Map(underWay.map((run) => [keyOf(run.experiment, dataset), run.id]))
  }

  /** Null leaves it to the host, which makes one of the settings. */
  #nameRun({ combination }: PlannedRun): string | null {
    const parts = [this.#form.name.trim(), combination.name].filter((part) => part !== '')
    return parts.length === 0 ? null : parts.join(' · ').slice(0, MAX_NAME)
  }
}

/** Both sides come out of the same schema, so their settings stand in the same order. */
function keyOf(experiment: Experiment, { directory, hash }: DatasetSummary): string {
  return JSON.stringify([experiment, directory, hash])
}

function splitTags(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

function findTagsFault(tags: readonly string[]): string | null {
  const long = tags.find((tag) => tag.length > MAX_TAG)
  if (long !== undefined)
    return `A tag has at most ${MAX_TAG} characters; “${long.slice(0, 20)}…” has ${long.length}.`
  return tags.length > MAX_TAG ? `A run has at most ${MAX_TAG} tags.` : null
}
