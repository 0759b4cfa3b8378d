// The paper's plan in terms of the queue: new trainings become runs, those that stopped go on.
import type { EngineChoice } from '#shared/engine.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
import { startable } from '#shared/paper/paper-cost.ts'
import type { PaperRequest, PaperState } from '#shared/paper/paper-state.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { Backend } from '../backend.ts'
import { requestTraining } from '../paper/paper-requests.ts'
import { readPaper } from '../paper/read-paper.ts'
import type { TrainingQueue } from './training-queue.ts'

export class PaperDesk {
  readonly #backend: Backend
  readonly #queue: TrainingQueue
  /** Two presses at once queue nothing twice: the second sees what the first has queued. */
  readonly #presses = new OneAtATime()

  constructor(backend: Backend, queue: TrainingQueue) {
    this.#backend = backend
    this.#queue = queue
  }

  read(request: PaperRequest): Promise<PaperState> {
    return readPaper(this.#backend, request)
  }

  /** @returns the ids of all runs that now wait or train because of this */
  queueMissing(request: PaperRequest, engine: EngineChoice): Promise<readonly string[]> {
    return this.#presses.run(() => this.#queueMissing(request, engine))
  }

  async #queueMissing(request: PaperRequest, engine: EngineChoice): Promise<readonly string[]> {
    const { missing } = await this.read(request)
    const wanted = startable(missing)
    const resumed = await this.#resume(wanted, engine)
    const fresh = wanted.filter(({ runId }) => runId === null)
    if (fresh.length === 0) return resumed
    const runs = await this.#backend.prepareRuns(fresh.map((one) => requestTraining(one, request)))
    return [...resumed, ...(await this.#queue.add(runs, engine))]
  }

  async #resume(trainings: readonly PaperTraining[], engine: EngineChoice): Promise<readonly string[]> {
    const runIds = trainings.flatMap(({ runId }) => runId ?? [])
    for (const runId of runIds) {
      const run = await this.#backend.store.findRun(runId)
      // Only the engine that computed the first epochs gives the same bits.
      await this.#queue.lineUp(runId, run.engine?.name ?? engine)
    }
    return runIds
  }
}
