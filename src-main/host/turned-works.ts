// Work on one thing at a time of many, by its id: it waits for its turn when a run trains, tells how far it is, can be
// cancelled, and what it failed with stays until it is begun again.
import { describeFailure, Failure } from '#shared/failure.ts'
import type { MachineWork } from '#shared/queue.ts'
import type { Log } from './calls.ts'
import type { MachineTurns } from './machine-turns.ts'

export interface TurnedWorksSettings<Progress> {
  readonly turns: MachineTurns
  /** What others wait for while it has the machine. */
  readonly workOf: (id: string) => MachineWork
  readonly log: Log
  /** For the log: 'quality of'. */
  readonly about: string
  readonly tellProgress: (id: string, progress: Progress) => void
  /** Told when work begins and when it has ended. */
  readonly tellChange: (id: string) => void
}

/** As the contract tells of it. */
export interface WorkState<Progress> {
  readonly work: { readonly progress: Progress | null } | null
  /** Why the last one failed; null also after a cancel. */
  readonly failure: string | null
}

interface Work<Progress> {
  readonly end: AbortController
  progress: Progress | null
  readonly done: Promise<void>
}

export class TurnedWorks<Progress> {
  readonly #settings: TurnedWorksSettings<Progress>
  readonly #works = new Map<string, Work<Progress>>()
  readonly #failures = new Map<string, string>()

  constructor(settings: TurnedWorksSettings<Progress>) {
    this.#settings = settings
  }

  read(id: string): WorkState<Progress> {
    const work = this.#works.get(id)
    return {
      work: work === undefined ? null : { progress: work.progress },
      failure: this.#failures.get(id) ?? null,
    }
  }

  /**
   * Begins it, and returns at once.
   * @param conflict what is said where it goes on already
   * @param after called when it has ended, before that is told
   * @throws Failure 'conflict' when it goes on already
   */
  start(
    id: string,
    conflict: string,
    work: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<void>,
    after: () => void,
  ): void {
    if (this.#works.has(id)) throw new Failure('conflict', conflict)
    const end = new AbortController()
    this.#failures.delete(id)
    const tell = (progress: Progress): void => this.#progress(id, progress)
    const done = this.#work(id, () => work(tell, end.signal), end.signal)
      .then(after)
      .then(() => this.#settings.tellChange(id))
    this.#works.set(id, { end, progress: null, done })
    this.#settings.tellChange(id)
  }

  /** @throws Failure 'conflict' when nothing goes on */
  async cancel(id: string, conflict: string): Promise<void> {
    const work = this.#works.get(id)
    if (work === undefined) throw new Failure('conflict', conflict)
    work.end.abort()
    await work.done
  }

  /** Resolves when no process of it is left. */
  async close(): Promise<void> {
    for (const { end } of this.#works.values()) end.abort()
    await Promise.all([...this.#works.values()].map(({ done }) => done))
  }

  /** Never rejects: how it ended is told by the state. */
  async #work(id: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { turns, workOf, log, about } = this.#settings
    try {
      const endTurn = await turns.takeUnless(signal, workOf(id))
      try {
        await work()
      } finally {
        endTurn()
      }
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code !== 'cancelled') this.#failures.set(id, message)
      if (code === 'internal') log(`${about} ${id}: ${message}`)
    }
    this.#works.delete(id)
  }

  #progress(id: string, progress: Progress): void {
    const work = this.#works.get(id)
    if (work !== undefined) work.progress = progress
    this.#settings.tellProgress(id, progress)
  }
}
