// What the host knows of the compared runs: read whole in one call, judged in another, and read again when one of them
// changes. An answer that another question has overtaken is dropped.
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { AppEvent } from '#shared/contract.ts'
import type { ComparedRun, ComparedRuns } from '#shared/contract/comparisons.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Connection } from '../../state/connection.svelte.ts'

/** Epochs of a run in training come fast; the comparison follows this often. */
const GATHER_MS = 1000

export class ComparisonData {
  status: 'loading' | 'ready' | 'failed' = $state('loading')
  problem = $state('')
  runs: readonly ComparedRun[] = $state.raw([])
  missing: ComparedRuns['missing'] = $state.raw([])
  verdicts: Verdicts | null = $state.raw(null)
  /** Why there are no verdicts; empty while they are on their way. */
  verdictProblem = $state('')
  readonly #connection: Connection
  readonly #leave: () => void
  #wanted: readonly string[] = []
  #baseline: string | null = null
  #reads = 0
  #judgements = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(connection: Connection) {
    this.#connection = connection
    this.#leave = connection.listen({
      connected: () => void this.#readAll(),
      heard: (event) => this.#hear(event),
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#leave()
  }

  find(runId: string | null): ComparedRun | undefined {
    return this.runs.find(({ id }) => id === runId)
  }

  /** Reads what is not known yet; the order follows the wish. */
  async want(runIds: readonly string[], baseline: string | null): Promise<void> {
    const areSame = runIds.length === this.#wanted.length && runIds.every((id) => this.#wanted.includes(id))
    const isSameBaseline = baseline === this.#baseline
    this.#wanted = runIds
    this.#baseline = baseline
    if (areSame && this.status === 'ready') {
      this.#arrange()
      if (!isSameBaseline) await this.#judge()
    } else await this.#readAll()
  }

  async #readAll(): Promise<void> {
    const read = ++this.#reads
    const runIds = [...this.#wanted]
    if (runIds.length === 0) return
    if (this.status === 'failed') this.status = 'loading'
    try {
      const { runs, missing } = await this.#connection.client.comparisons.read({ runIds })
      if (read !== this.#reads) return
      this.runs = runs
      this.missing = missing
      this.#arrange()
      this.status = 'ready'
      await this.#judge()
    } catch (error) {
      if (read !== this.#reads) return
      this.problem = describeFailure(error).message
      this.status = 'failed'
    }
  }

  async #judge(): Promise<void> {
    const judgement = ++this.#judgements
    const baseline = this.#baseline
    const runIds = this.runs.map(({ id }) => id)
    if (baseline === null || !runIds.includes(baseline)) {
      this.verdicts = null
      return
    }
    try {
      const verdicts = await this.#connection.client.comparisons.judge({ runIds, baseline })
      if (judgement !== this.#judgements) return
      this.verdicts = verdicts
      this.verdictProblem = ''
    } catch (error) {
      if (judgement !== this.#judgements) return
      this.verdicts = null
      this.verdictProblem = describeFailure(error).message
    }
  }

  #arrange(): void {
    this.runs = this.#wanted.flatMap((id) => this.find(id) ?? [])
  }

  #hear(event: AppEvent): void {
    const runId = event.type === 'run-changed' ? event.run.id : 'runId' in event ? event.runId : ''
    const matters = event.type === 'run-changed' || event.type === 'epoch-completed'
    if (!matters || !this.#wanted.includes(runId)) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#readAll()
    }, GATHER_MS)
  }
}
