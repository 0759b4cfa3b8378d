// All runs, as the page's copy of the history. The whole list is read once a connection; what is announced meanwhile
// is kept and merged after it by run id and epoch number, so that nothing is lost whichever arrives first.
import type { AppEvent } from '#shared/contract.ts'
import type { RunList, RunSummary } from '#shared/run-list.ts'
import type { AnnotationChanges, Run, SharedAnnotations } from '#shared/run.ts'
import type { Connection } from './connection.svelte.ts'
import { Reading } from './reading.svelte.ts'
import { addEpoch, summarizeRun } from './summarize-run.ts'

type Runs = Map<string, RunSummary>

/** Announcements come in bursts (a sweep makes hundreds); the page is brought up to date this often. */
const GATHER_MS = 50
const CONCERNS_RUNS: ReadonlySet<AppEvent['type']> = new Set([
  'run-changed',
  'runs-annotated',
  'epoch-completed',
  'run-deleted',
])

export class History extends Reading {
  /** Runs whose record could not be read. */
  unreadable: RunList['unreadable'] = $state.raw([])
  #byId: Runs = $state.raw(new Map<string, RunSummary>())
  /** In the order in which they came into the history. */
  readonly runs: readonly RunSummary[] = $derived([...this.#byId.values()])
  /** Without those in the archive. */
  readonly currentCount: number = $derived(this.runs.filter(({ archived }) => !archived).length)
  readonly #connection: Connection
  #waiting: AppEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(connection: Connection) {
    super()
    this.#connection = connection
    connection.listen({ connected: () => void this.read(), heard: (event) => this.#hear(event) })
  }

  find(runId: string): RunSummary | undefined {
    return this.#byId.get(runId)
  }

  async read(): Promise<void> {
    await this.readNewest(
      () => this.#connection.client.runs.list({}),
      ({ runs, unreadable }) => {
        this.unreadable = unreadable
        this.#byId = new Map(runs.toReversed().map((run) => [run.id, run])) // the newest came first
        this.#flush()
      },
    )
  }

  /** @throws what the call refuses with */
  async annotate(runId: string, changes: AnnotationChanges): Promise<Run> {
    const run = await this.#connection.client.runs.annotate({ runId, changes })
    this.#hear({ type: 'run-changed', run })
    return run
  }

  /** Many in one call: all or none. @throws what the call refuses with */
  async annotateAll(runIds: readonly string[], changes: SharedAnnotations): Promise<void> {
    await this.#connection.client.runs.annotateAll({ runIds: [...runIds], changes })
  }

  /** @throws what the call refuses with */
  async delete(runIds: readonly string[]): Promise<void> {
    await this.#connection.client.runs.delete({ runIds: [...runIds] })
    for (const runId of runIds) this.#hear({ type: 'run-deleted', runId })
  }

  /** @throws what the call refuses with */
  async restore(runIds: readonly string[]): Promise<void> {
    await this.#connection.client.runs.restore({ runIds: [...runIds] })
    await this.read()
  }

  #hear(event: AppEvent): void {
    if (!CONCERNS_RUNS.has(event.type)) return
    this.#waiting.push(event)
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS)
  }

  /** While the list is on its way, what was announced waits for it. */
  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.status === 'loading' || this.#waiting.length === 0) return
    const runs = new Map(this.#byId)
    for (const event of this.#waiting) merge(runs, event)
    this.#waiting = []
    this.#byId = runs
  }
}

function merge(runs: Runs, event: AppEvent): void {
  if (event.type === 'run-deleted') runs.delete(event.runId)
  if (event.type === 'run-changed') {
    if (event.run.deletedAt === null) runs.set(event.run.id, summarizeRun(event.run))
    else runs.delete(event.run.id)
  }
  if (event.type === 'runs-annotated') {
    for (const { runId, annotations } of event.runs) {
      const run = runs.get(runId)
      if (run !== undefined) runs.set(runId, { ...run, ...annotations })
    }
  }
  if (event.type === 'epoch-completed') {
    const run = runs.get(event.runId)
    if (run !== undefined) runs.set(run.id, addEpoch(run, event.metrics))
  }
}
