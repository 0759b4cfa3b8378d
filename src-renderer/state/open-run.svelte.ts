// One run in full, as its page shows it: read when the page opens and after every reconnection, kept up to date by
// what is announced. Epochs merge by number and batches by epoch and number, so it does not matter which comes first.
import type { AppEvent } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { BatchLoss, TrainingProgress } from '#shared/run-events.ts'
import type { EpochMetrics, Run } from '#shared/run.ts'
import type { Connection } from './connection.svelte.ts'

export interface LogLine {
  readonly time: string
  readonly text: string
}

/** The running mean of an epoch's accuracy, as it was announced while this page was open. */
export interface AccuracySoFar {
  readonly epoch: number
  readonly batch: number
  readonly accuracy: number
}

export class OpenRun {
  status: 'loading' | 'ready' | 'failed' | 'gone' = $state('loading')
  problem = $state('')
  run: Run | null = $state.raw(null)
  batchLosses: readonly BatchLoss[] = $state.raw([])
  soFar: readonly AccuracySoFar[] = $state.raw([])
  progress: TrainingProgress | null = $state.raw(null)
  log: readonly LogLine[] = $state.raw([])
  readonly runId: string
  readonly #connection: Connection
  readonly #stop: () => void
  /** Epochs that were announced while the run is read, which may have been read before them. */
  #heard: readonly EpochMetrics[] = []

  constructor(connection: Connection, runId: string) {
    this.runId = runId
    this.#connection = connection
    this.#stop = connection.listen({ connected: () => void this.read(), heard: (event) => this.#hear(event) })
  }

  close(): void {
    this.#stop()
  }

  async read(): Promise<void> {
    const { runs } = this.#connection.client
    const { runId } = this
    this.#heard = []
    try {
      const [run, curve, log] = await Promise.all([
        runs.read({ runId }),
        runs.readCurve({ runId }),
        runs.readLog({ runId }),
      ])
      this.#takeRun({ ...run, epochs: mergeEpochs(run.epochs, this.#heard) })
      this.batchLosses = mergeBatches(curve.batchLosses, this.batchLosses)
      this.progress ??= curve.progress
      this.log = log
      this.problem = ''
    } catch (error) {
      const { code, message } = describeFailure(error)
      this.problem = message
      if (code === 'not-found') this.status = 'gone'
      else if (this.run === null) this.status = 'failed'
    }
  }

  #hear(event: AppEvent): void {
    if (event.type === 'run-changed' && event.run.id === this.runId) {
      this.#takeRun(event.run)
      void this.#readLog()
    }
    if (event.type === 'runs-annotated') this.#takeAnnotations(event.runs)
    if (event.type === 'run-deleted' && event.runId === this.runId) this.status = 'gone'
    if (event.type === 'epoch-completed' && event.runId === this.runId) this.#takeEpochs([event.metrics])
    if (event.type === 'training-progressed' && event.runId === this.runId) this.#takeProgress(event.progress)
  }

  #takeRun(run: Run): void {
    this.run = run
    this.status = run.deletedAt === null ? 'ready' : 'gone'
    if (run.status !== 'running' && run.status !== 'paused') this.progress = null
  }

  #takeAnnotations(runs: Extract<AppEvent, { type: 'runs-annotated' }>['runs']): void {
    const own = runs.find(({ runId }) => runId === this.runId)
    if (own !== undefined && this.run !== null) this.run = { ...this.run, ...own.annotations }
  }

  #takeEpochs(epochs: readonly EpochMetrics[]): void {
    this.#heard = mergeEpochs(this.#heard, epochs)
    if (this.run !== null) this.run = { ...this.run, epochs: mergeEpochs(this.run.epochs, epochs) }
  }

  #takeProgress(progress: TrainingProgress): void {
    const { epoch, batch, accuracy, batchLosses } = progress
    this.progress = progress
    this.batchLosses = mergeBatches(this.batchLosses, batchLosses)
    this.soFar = [...this.soFar, { epoch, batch, accuracy }]
  }

  /** The log only says more; when it cannot be read, what is shown stays. */
  async #readLog(): Promise<void> {
    try {
      this.log = await this.#connection.client.runs.readLog({ runId: this.runId })
    } catch (error) {
      this.problem = describeFailure(error).message
    }
  }
}

/** Later ones replace those with the same number. */
function mergeEpochs(known: readonly EpochMetrics[], added: readonly EpochMetrics[]): EpochMetrics[] {
  const byNumber = new Map([...known, ...added].map((metrics) => [metrics.epoch, metrics]))
  return [...byNumber.values()].sort((one, other) => one.epoch - other.epoch)
}

function mergeBatches(known: readonly BatchLoss[], added: readonly BatchLoss[]): readonly BatchLoss[] {
  const last = known.at(-1)
  const isLater = ({ epoch, batch }: BatchLoss): boolean =>
    last === undefined || epoch > last.epoch || (epoch === last.epoch && batch > last.batch)
  if (added.every(isLater)) return [...known, ...added]
  const byPlace = new Map([...known, ...added].map((one) => [`${one.epoch} ${one.batch}`, one]))
  return [...byPlace.values()].sort((one, other) => one.epoch - other.epoch || one.batch - other.batch)
}
