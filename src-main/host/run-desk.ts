// What a user does to a run, in terms of the store and the queue: the same word means another thing for a run that
// waits, that trains and that has ended.
import type { AppEvent, RunCurve } from '#shared/contract.ts'
import type { EngineChoice } from '#shared/engine.ts'
import type { AnnotationChanges, Run, SharedAnnotations } from '#shared/run.ts'
import type { Store } from '../store/open-store.ts'
import type { TrainingQueue } from './training-queue.ts'

export class RunDesk {
  readonly #store: Store
  readonly #queue: TrainingQueue
  readonly #announce: (event: AppEvent) => void

  constructor(store: Store, queue: TrainingQueue, announce: (event: AppEvent) => void) {
    this.#store = store
    this.#queue = queue
    this.#announce = announce
  }

  /** The live part is read first: an epoch that is stored in between is then there twice, and not missing. */
  async readCurve(runId: string): Promise<RunCurve> {
    const { batchLosses: live, progress } = this.#queue.readCurve(runId)
    const stored = await this.#store.readCurve(runId)
    const lastStored = stored.at(-1)?.epoch ?? 0
    return { batchLosses: [...stored, ...live.filter(({ epoch }) => epoch > lastStored)], progress }
  }

  async annotate(runId: string, changes: AnnotationChanges): Promise<Run> {
    await this.#store.annotateRun(runId, changes)
    return this.#announceRun(runId)
  }

  /** One announcement for all, because thousands of whole runs would keep everyone waiting. */
  async annotateAll(runIds: readonly string[], changes: SharedAnnotations): Promise<void> {
    const runs = await this.#store.annotateRuns(runIds, changes)
    this.#announce({ type: 'runs-annotated', runs: [...runs] })
  }

  async pause(runId: string): Promise<void> {
    const { trainer } = await this.#queue.requireExecution(runId)
    trainer.pause()
  }

  async resume(runId: string): Promise<void> {
    if (!this.#queue.isCurrent(runId))
      return this.#queue.lineUp(runId, engineOf(await this.#store.findRun(runId)))
    const { trainer } = await this.#queue.requireExecution(runId)
    trainer.resume()
  }

  async cancel(runId: string): Promise<void> {
    if (await this.#queue.cancel(runId)) return
    await this.#store.updateStatus(runId, 'cancelled', 'It was cancelled; its finished epochs are kept.')
    await this.#store.appendLog([runId], 'Cancelled.')
    await this.#announceRun(runId)
  }

  async extend(runId: string, epochs: number): Promise<void> {
    const run = await this.#store.findRun(runId)
    const reopen = (): Promise<void> => this.#store.reopenRun(runId, run.experiment.epochs + epochs)
    await this.#queue.lineUp(runId, engineOf(run), reopen)
  }

  async delete(runIds: readonly string[]): Promise<void> {
    await this.#queue.changeOthers(runIds, () => this.#store.deleteRuns(runIds))
    for (const runId of runIds) this.#announce({ type: 'run-deleted', runId })
  }

  async restore(runIds: readonly string[]): Promise<void> {
    await this.#store.restoreRuns(runIds)
    for (const runId of runIds) await this.#announceRun(runId)
  }

  async #announceRun(runId: string): Promise<Run> {
    const run = await this.#store.findRun(runId)
    this.#announce({ type: 'run-changed', run })
    return run
  }
}

/** Only the engine that computed the first epochs gives the same bits. */
function engineOf({ engine }: Run): EngineChoice {
  return engine?.name ?? 'auto'
}
