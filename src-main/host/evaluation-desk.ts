// How reliable the confidence of runs is, as the contract tells of it: what was measured, and the work that goes on. It
// waits for its turn when a run trains, and is done in a process of its own, which ends with the application.
import type { AppEvent } from '#shared/contract.ts'
import type { EvaluationState, MeasuringProgress } from '#shared/evaluation.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { Backend } from '../backend.ts'
import type { AnswerShelf } from '../evaluation/answer-shelf.ts'
import { buildMeasuringJob, findObstacle } from '../evaluation/measuring-job.ts'
import type { MeasuringJob } from '../evaluation/measuring-messages.ts'
import { runMeasuring } from '../evaluation/run-measuring.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { Log } from './calls.ts'
import type { MachineTurns } from './machine-turns.ts'

interface Surroundings {
  readonly backend: Backend
  readonly answers: AnswerShelf
  readonly turns: MachineTurns
  readonly spawnTrainer: SpawnTrainer
  readonly announce: (event: AppEvent) => void
  readonly log: Log
}

interface Work {
  readonly end: AbortController
  progress: MeasuringProgress | null
  readonly done: Promise<void>
}

export class EvaluationDesk {
  readonly #surroundings: Surroundings
  /** By the id of the run. */
  readonly #works = new Map<string, Work>()
  readonly #failures = new Map<string, string>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** @throws Failure 'not-found' for no such run */
  async read(runId: string): Promise<EvaluationState> {
    const { backend, answers } = this.#surroundings
    const run = await backend.store.findRun(runId)
    const work = this.#works.get(run.id)
    return {
      work: work === undefined ? null : { progress: work.progress },
      failure: this.#failures.get(run.id) ?? null,
      report: run.evaluation === null ? null : ((await answers.find(run))?.report ?? null),
      obstacle: await findObstacle(backend, run),
    }
  }

  /** @throws Failure 'conflict' when it goes on already, or the run cannot be measured */
  async measure(runId: string): Promise<EvaluationState> {
    const { backend } = this.#surroundings
    const run = await backend.store.findRun(runId)
    const job = await buildMeasuringJob(backend, run)
    if (this.#works.has(run.id))
      throw new Failure('conflict', `${run.name} is being measured already. Wait, or cancel it.`)
    const end = new AbortController()
    const { promise: done, resolve } = Promise.withResolvers<undefined>()
    this.#works.set(run.id, { end, progress: null, done })
    this.#failures.delete(run.id)
    void this.#work(job, end.signal).then(() => resolve(undefined))
    this.#tell(run.id)
    return this.read(run.id)
  }

  /** @throws Failure 'conflict' when nothing goes on */
  async cancel(runId: string): Promise<void> {
    const work = this.#works.get(runId)
    if (work === undefined) throw new Failure('conflict', 'This run is not being measured; it may be done.')
    work.end.abort()
    await work.done
  }

  /** Resolves when no process of it is left. */
  async close(): Promise<void> {
    for (const { end } of this.#works.values()) end.abort()
    await Promise.all([...this.#works.values()].map(({ done }) => done))
  }

  /** Never throws: how it ended is told by the state. */
  async #work(job: MeasuringJob, signal: AbortSignal): Promise<void> {
    const { turns, spawnTrainer, answers, log } = this.#surroundings
    const { runId } = job
    try {
      const endTurn = await turns.takeUnless(signal)
      try {
        await runMeasuring(spawnTrainer, job, (progress) => this.#progress(runId, progress), signal)
      } finally {
        endTurn()
      }
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code !== 'cancelled') this.#failures.set(runId, message)
      if (code === 'internal') log(`confidence of run ${runId}: ${message}`)
    }
    this.#works.delete(runId)
    answers.forget(job.file)
    this.#tell(runId)
  }

  #progress(runId: string, progress: MeasuringProgress): void {
    const work = this.#works.get(runId)
    if (work !== undefined) work.progress = progress
    this.#surroundings.announce({ type: 'evaluation-progressed', runId, progress })
  }

  #tell(runId: string): void {
    this.#surroundings.announce({ type: 'evaluation-changed', runId })
  }
}
