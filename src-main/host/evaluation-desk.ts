// How reliable the confidence of runs is, as the contract tells of it: what was measured, and the work that goes on. It
// waits for its turn when a run trains, and is done in a process of its own, which ends with the application.
import type { AppEvent } from '#shared/contract.ts'
import type { EvaluationState, MeasuringProgress } from '#shared/evaluation.ts'
import type { Backend } from '../backend.ts'
import type { AnswerShelf } from '../evaluation/answer-shelf.ts'
import { buildMeasuringJob, findObstacle } from '../evaluation/measuring-job.ts'
import { runMeasuring } from '../evaluation/run-measuring.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import type { Log } from './calls.ts'
import type { MachineTurns } from './machine-turns.ts'
import { TurnedWorks } from './turned-works.ts'

interface Surroundings {
  readonly backend: Backend
  readonly answers: AnswerShelf
  readonly turns: MachineTurns
  readonly spawnTrainer: SpawnTrainer
  readonly announce: (event: AppEvent) => void
  readonly log: Log
}

export class EvaluationDesk {
  readonly #surroundings: Surroundings
  /** By the id of the run. */
  readonly #works: TurnedWorks<MeasuringProgress>

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    const { turns, log, announce } = surroundings
    this.#works = new TurnedWorks({
      ...{ turns, log, about: 'confidence of run' },
      workOf: (runId) => ({ kind: 'measuring-confidence', runId }),
      tellProgress: (runId, progress) => announce({ type: 'evaluation-progressed', runId, progress }),
      tellChange: (runId) => announce({ type: 'evaluation-changed', runId }),
    })
  }

  /** @throws Failure 'not-found' for no such run */
  async read(runId: string): Promise<EvaluationState> {
    const { backend, answers } = this.#surroundings
    const run = await backend.store.findRun(runId)
    return {
      ...this.#works.read(run.id),
      report: run.evaluation === null ? null : ((await answers.find(run))?.report ?? null),
      obstacle: await findObstacle(backend, run),
    }
  }

  /** @throws Failure 'conflict' when it goes on already, or the run cannot be measured */
  async measure(runId: string): Promise<EvaluationState> {
    const { backend, spawnTrainer, answers } = this.#surroundings
    const run = await backend.store.findRun(runId)
    const job = await buildMeasuringJob(backend, run)
    this.#works.start(
      run.id,
      `${run.name} is being measured already. Wait, or cancel it.`,
      (tell, signal) => runMeasuring(spawnTrainer, job, tell, signal),
      () => answers.forget(job.file),
    )
    return this.read(run.id)
  }

  /** @throws Failure 'conflict' when nothing goes on */
  cancel(runId: string): Promise<void> {
    return this.#works.cancel(runId, 'This run is not being measured; it may be done.')
  }

  /** Resolves when no process of it is left. */
  close(): Promise<void> {
    return this.#works.close()
  }
}
