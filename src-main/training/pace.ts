// How a trainer process paces its loop: lets messages in, waits while paused, ends when asked, and keeps the clock.
import { setImmediate } from 'node:timers/promises'
import type { TrainingControl } from '#shared/core/training/train.ts'
import { Failure } from '#shared/failure.ts'

/** Longest time without looking for messages, in milliseconds. */
const LISTEN_EVERY_MS = 20

export class Pace implements TrainingControl {
  readonly #announce: (state: 'paused' | 'resumed') => void
  #earlierMs = 0
  #startedAt = performance.now()
  #pausedMs = 0
  #listenedAt = 0
  #paused: PromiseWithResolvers<void> | null = null
  #cancelled = false

  /** @param announce called when the loop really waits, and when it goes on */
  constructor(announce: (state: 'paused' | 'resumed') => void) {
    this.#announce = announce
  }

  /** @param earlierMs time that earlier executions of the same run took */
  startClock(earlierMs: number): void {
    this.#earlierMs = earlierMs
    this.#startedAt = performance.now()
    this.#pausedMs = 0
  }

  /** The next `breathe` waits until `resume`. */
  pause(): void {
    this.#paused ??= Promise.withResolvers()
  }

  resume(): void {
    this.#paused?.resolve()
    this.#paused = null
  }

  /** The next `breathe` throws, also out of a pause. */
  cancel(): void {
    this.#cancelled = true
    this.resume()
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.#listenedAt >= LISTEN_EVERY_MS) {
      await setImmediate()
      this.#listenedAt = performance.now()
    }
    if (this.#paused !== null) await this.#wait(this.#paused.promise)
    if (this.#cancelled)
      throw new Failure('cancelled', 'The run was cancelled; its finished epochs are kept.')
  }

  elapsedMs(): number {
    return this.#earlierMs + performance.now() - this.#startedAt - this.#pausedMs
  }

  async #wait(end: Promise<void>): Promise<void> {
    const from = performance.now()
    this.#announce('paused')
    await end
    this.#pausedMs += performance.now() - from
    if (!this.#cancelled) this.#announce('resumed')
  }
}
