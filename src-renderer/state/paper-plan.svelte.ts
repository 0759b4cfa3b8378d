// The paper's tables as the page's copy: asked for when they are first shown, and again when a run that may answer a row
// has changed. What is asked for (all images or fewer, how many seeds) is kept here as well.
import type { AppEvent } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import { startable } from '#shared/paper/paper-cost.ts'
import { PAPER_DATASET, type PaperRequest, type PaperState } from '#shared/paper/paper-state.ts'
import { DEFAULT_SEED_COUNTS, PAPER_TABLE_IDS } from '#shared/paper/plan.ts'
import { buildTableResults, countVerdicts, type PaperTableResult } from '#shared/paper/table-results.ts'
import { PAPER_TABLES } from '#shared/paper/tables.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { Connection } from './connection.svelte.ts'

/** Epochs end in bursts when networks are small. */
const GATHER_MS = 250

export const USUAL_REQUEST: PaperRequest = {
  dataset: PAPER_DATASET,
  directory: null,
  quick: false,
  tables: [...PAPER_TABLE_IDS],
  seeds: DEFAULT_SEED_COUNTS.short,
  longSeeds: DEFAULT_SEED_COUNTS.long,
}

export class PaperPlan {
  /** 'absent': the dataset is not on this machine. */
  status: 'idle' | 'loading' | 'ready' | 'absent' | 'failed' = $state('idle')
  problem = $state('')
  request: PaperRequest = $state.raw(USUAL_REQUEST)
  state: PaperState | null = $state.raw(null)
  readonly tables: readonly PaperTableResult[] = $derived(
    this.state === null ? [] : buildTableResults(PAPER_TABLES, this.state),
  )
  readonly verdicts = $derived(countVerdicts(this.tables))
  /** Rows with figures; null before anyone has looked. */
  readonly answered: number | null = $derived(
    this.state === null ? null : new Set(this.state.evidence.map(({ rowId }) => rowId)).size,
  )
  readonly toStart: readonly PaperTraining[] = $derived(startable(this.state?.missing ?? []))
  readonly #connection: Connection
  #isShown = false
  #reads = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(connection: Connection) {
    this.#connection = connection
    connection.listen({
      connected: () => this.#isShown && void this.read(),
      heard: (event) => this.#isShown && changesRows(event) && this.#readSoon(),
    })
  }

  /** Keeps the copy up to date for as long as it is shown. @returns the end of that */
  show(): () => void {
    this.#isShown = true
    if (this.#connection.status !== 'connecting') void this.read() // else it is read as soon as that is done
    return () => {
      this.#isShown = false
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  /** Asks for another dataset, size or number of seeds. */
  ask(change: Partial<PaperRequest>): void {
    this.request = { ...this.request, ...change }
    void this.read()
  }

  async read(): Promise<void> {
    const read = ++this.#reads
    if (this.state === null) this.status = 'loading'
    try {
      const state = await this.#connection.client.paper.read(this.request)
      if (read !== this.#reads) return
      this.state = state
      this.status = 'ready'
      this.problem = ''
    } catch (error) {
      if (read !== this.#reads) return
      const { code, message } = describeFailure(error)
      this.state = null
      this.problem = message
      this.status = code === 'not-found' ? 'absent' : 'failed'
    }
  }

  #readSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.read()
    }, GATHER_MS)
  }
}

function changesRows(event: AppEvent): boolean {
  switch (event.type) {
    case 'run-changed':
    case 'run-deleted':
    case 'epoch-completed':
    case 'datasets-changed':
    case 'queue-changed':
      return true
    default:
      return false
  }
}
