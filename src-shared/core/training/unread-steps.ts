// Steps that were taken and whose numbers were not read back yet. Reading waits for the device, so that a device is left
// to work for a while; elsewhere every step is read at once.
import { hasDevice } from './device.ts'
import { readSteps, type TakenStep } from './step.ts'

/** How long a device may work unobserved: what is shown lags by as much, and so does the answer to a pause. */
const UNREAD_MS = 200
const MOST_UNREAD = 256

export interface ReadStep<About> {
  readonly about: About
  readonly loss: number
  readonly correct: number
}

/** @typeParam About what the caller wants to know again when the step is read */
export class UnreadSteps<About> {
  readonly #now: () => number
  readonly #lags = hasDevice()
  #steps: { readonly taken: TakenStep; readonly about: About }[] = []
  #most = 1
  #begunAt = 0

  /** @param now a clock in milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  add(taken: TakenStep, about: About): void {
    if (this.#lags && this.#steps.length === 0) this.#begunAt = this.#now()
    this.#steps.push({ taken, about })
  }

  /** Whether it is time to read. */
  get isDue(): boolean {
    return this.#steps.length >= this.#most
  }

  /** Waits for all steps so far and gives their numbers in their order. */
  async read(): Promise<readonly ReadStep<About>[]> {
    const steps = this.#steps
    this.#steps = []
    const numbers = await readSteps(steps.map(({ taken }) => taken))
    if (this.#lags && steps.length > 0) this.#judgePace(steps.length)
    return steps.map(({ about }, index) => {
      const [loss = Number.NaN, correct = 0] = numbers[index] ?? []
      return { about, loss, correct }
    })
  }

  /** Forgets what was not read. */
  dispose(): void {
    for (const { taken } of this.#steps.splice(0)) taken.forget()
  }

  /** As many steps as take the time, but no more than twice as many as before: the pace may have been a lucky one. */
  #judgePace(steps: number): void {
    const stepMs = Math.max((this.#now() - this.#begunAt) / steps, UNREAD_MS / MOST_UNREAD)
    this.#most = Math.max(1, Math.min(2 * this.#most, Math.floor(UNREAD_MS / stepMs)))
  }
}
