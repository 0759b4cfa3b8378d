// How a training is paced from outside: lets messages in, waits while paused, ends when asked, and keeps the clock.
import { Failure } from '../../failure.ts'
import type { TrainingControl } from './train.ts'

/** Longest time without looking for messages, in milliseconds. */
const LISTEN_EVERY_MS = 20

/** What a process or a page gives to its pace. */
export interface PaceMeans {
  /** A clock in milliseconds. */
  readonly now: () => number
  /** Resolves when messages that wait have been heard. */
  readonly letMessagesIn: () => Promise<unknown>
  /** Called when the loop really waits, and when it goes on. */
  readonly announce: (state: 'paused' | 'resumed') => void
}

/** What may be asked of a training from outside. */
export interface Brake {
  pause(): void
  resume(): void
  cancel(): void
}

export class Pace implements TrainingControl, Brake {
  readonly #means: PaceMeans
  #earlierMs = 0
  #startedAt: number
  #pausedMs = 0
  #listenedAt = 0
  #paused: PromiseWithResolvers<void> | null = null
  #cancelled = false
  #led: Brake | null = null

  constructor(means: PaceMeans) {
    this.#means = means
    this.#startedAt = means.now()
  }

  /** @param earlierMs time that earlier executions of the same run took */
  startClock(earlierMs: number): void {
    this.#earlierMs = earlierMs
    this.#startedAt = this.#means.now()
    this.#pausedMs = 0
  }

  /** Hands all that is asked, and what is in force already, to the one who paces the loop in this one's place. */
  lead(other: Brake): void {
    this.#led = other
    if (this.#cancelled) other.cancel()
    else if (this.#paused !== null) other.pause()
  }

  /** The next `breathe` waits until `resume`. */
  pause(): void {
    this.#led?.pause()
    this.#paused ??= Promise.withResolvers()
  }

  resume(): void {
    this.#led?.resume()
    this.#goOn()
  }

  #goOn(): void {
    this.#paused?.resolve()
    this.#paused = null
  }

  /** The next `breathe` throws, also out of a pause. */
  cancel(): void {
    this.#led?.cancel()
    this.#cancelled = true
    this.#goOn()
  }

  async breathe(): Promise<void> {
    const { now, letMessagesIn } = this.#means
    if (now() - this.#listenedAt >= LISTEN_EVERY_MS) {
      await letMessagesIn()
      this.#listenedAt = now()
    }
    if (this.#paused !== null) await this.#wait(this.#paused.promise)
    if (this.#cancelled)
      throw new Failure('cancelled', 'The run was cancelled; its finished epochs are kept.')
  }

  elapsedMs(): number {
    return this.#earlierMs + this.#means.now() - this.#startedAt - this.#pausedMs
  }

  async #wait(end: Promise<void>): Promise<void> {
    const { now, announce } = this.#means
    const from = now()
    announce('paused')
    await end
    this.#pausedMs += now() - from
    if (!this.#cancelled) announce('resumed')
  }
}
