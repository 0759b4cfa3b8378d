// What was measured on this machine: for every network and batch size, and every engine, how long a step takes. One
// measurement at a time, because two would disturb each other; kept until the window closes.
import type { Calibration } from '#shared/calibration.ts'
import type { EngineChoice } from '#shared/engine.ts'
import { describeFailure } from '#shared/failure.ts'
import type { CostGroup } from '#shared/sweep-cost.ts'
import type { Connection } from './connection.svelte.ts'
import type { SettingsState } from './settings-state.svelte.ts'

export interface Measuring {
  readonly engine: EngineChoice
  readonly done: number
  readonly total: number
  /** Waits until nothing else has the machine, such as a run in training. */
  readonly isWaiting: boolean
}

export class Calibrations {
  measuring: Measuring | null = $state.raw(null)
  /** Why the last measurement of an engine failed, by its name. */
  problems: Readonly<Partial<Record<EngineChoice, string>>> = $state.raw({})
  #results: ReadonlyMap<string, Calibration> = $state.raw(new Map())
  #stop: AbortController | null = null
  readonly #connection: Connection
  readonly #settings: SettingsState

  constructor(connection: Connection, settings: SettingsState) {
    this.#connection = connection
    this.#settings = settings
    connection.listen({
      heard: (event) => {
        const { measuring } = this
        if (event.type !== 'calibration-progressed' || measuring?.engine !== event.engine) return
        this.measuring = { ...measuring, isWaiting: event.state === 'waiting' }
      },
    })
  }

  /** @param key of the experiments that the measurement stands for, see sweep-cost.ts */
  find(engine: EngineChoice, key: string): Calibration | undefined {
    return this.#results.get(this.#nameOf(engine, key))
  }

  /** With another number of threads another time is measured. */
  #nameOf(engine: EngineChoice, key: string): string {
    return `${engine} ${this.#settings.current?.threads ?? 'automatic'} ${key}`
  }

  /** The groups that were not measured on the engine yet. */
  listMissing(engine: EngineChoice, groups: readonly CostGroup[]): readonly CostGroup[] {
    return groups.filter(({ key }) => this.find(engine, key) === undefined)
  }

  /** Measures what is missing, engine after engine; what goes on is ended first. */
  async measure(
    engines: readonly EngineChoice[],
    groups: readonly CostGroup[],
    directory: string | null,
  ): Promise<void> {
    this.stop()
    const stop = new AbortController()
    this.#stop = stop
    for (const engine of engines) await this.#measureOne(engine, groups, directory, stop.signal)
    if (this.#stop === stop) this.stop()
  }

  stop(): void {
    this.#stop?.abort()
    this.#stop = null
    this.measuring = null
  }

  async #measureOne(
    engine: EngineChoice,
    groups: readonly CostGroup[],
    directory: string | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { [engine]: _old, ...others } = this.problems
    this.problems = others
    const missing = this.listMissing(engine, groups)
    for (const [done, { key, experiments }] of missing.entries()) {
      if (signal.aborted) return
      this.measuring = { engine, done, total: missing.length, isWaiting: false }
      try {
        const [experiment] = experiments
        const { experiments: calls } = this.#connection.client
        const result = await calls.calibrate({ experiment, engine, directory }, { signal })
        this.#keep(engine, key, result)
        if (result.state === 'unavailable') return
      } catch (error) {
        if (this.#stop?.signal === signal)
          this.problems = { ...this.problems, [engine]: describeFailure(error).message }
        return
      }
    }
  }

  /** What 'auto' turned out to be is known by its own name too. */
  #keep(engine: EngineChoice, key: string, result: Calibration): void {
    const results = new Map(this.#results).set(this.#nameOf(engine, key), result)
    if (result.state === 'measured') results.set(this.#nameOf(result.engine.name, key), result)
    this.#results = results
  }
}
