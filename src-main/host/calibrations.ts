// Calibrations for the page: remembered ones are answered at once. While a run trains, what is not known yet waits
// until the run has ended, because both would slow each other down.
import type { AppEvent } from '#shared/contract.ts'
import type { Calibration } from '#shared/calibration.ts'
import type { EngineChoice, Threads } from '#shared/engine.ts'
import type { Experiment } from '#shared/experiment.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import { describeData, keyOf, type Measuring, measureEngine } from '../training/measure-engine.ts'
import type { CalibrationJob } from '#shared/training-questions.ts'
import type { MachineTurns } from './machine-turns.ts'

interface Surroundings extends Measuring {
  readonly turns: MachineTurns
  readonly announce: (event: AppEvent) => void
}

export class Calibrations {
  readonly #surroundings: Surroundings
  readonly #end = new AbortController()
  readonly #pending = new Map<string, Promise<Calibration>>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** @throws Failure 'cancelled' when the application ends first; what the measuring itself failed with */
  async calibrate(
    experiment: Experiment,
    engine: EngineChoice,
    dataset: FullDescription,
    threads: Threads = 'automatic',
  ): Promise<Calibration> {
    const job = { experiment, ...describeData(dataset), engine, threads }
    const { store, version } = this.#surroundings
    const key = keyOf(job, version)
    const kept = await store.findCalibration(key)
    if (kept !== null) return kept
    const pending = this.#pending.get(key) ?? this.#measure(job)
    this.#pending.set(key, pending)
    return pending.finally(() => this.#pending.delete(key))
  }

  close(): void {
    this.#end.abort()
  }

  async #measure(job: CalibrationJob): Promise<Calibration> {
    const { turns, announce } = this.#surroundings
    const { engine } = job
    if (turns.isTaken) announce({ type: 'calibration-progressed', engine, state: 'waiting' })
    const endTurn = await turns.take({ kind: 'measuring-speed', engine })
    announce({ type: 'calibration-progressed', engine, state: 'measuring' })
    try {
      return await measureEngine(this.#surroundings, job, this.#end.signal)
    } finally {
      endTurn()
    }
  }
}
