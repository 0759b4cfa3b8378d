// What is read from the host again and again: of the questions that are on their way, the newest alone is listened to.
import { describeFailure } from '#shared/failure.ts'

export class Reading {
  /** 'failed' only while nothing was read yet: later, what is there stays, and `problem` says that it may be old. */
  status: 'loading' | 'ready' | 'failed' = $state('loading')
  /** Why the last reading failed; empty when it did not. */
  problem = $state('')
  #asked = 0

  /**
   * Asks, and has the answer put in place unless it was asked again in the meantime. A refusal is told in `problem`.
   * @param take puts the answer in place, at once
   */
  protected async readNewest<T>(ask: () => Promise<T>, take: (answer: T) => void): Promise<void> {
    const asked = ++this.#asked
    if (this.status === 'failed') this.status = 'loading'
    let answer: T
    try {
      answer = await ask()
    } catch (error) {
      if (asked === this.#asked) this.#noteProblem(error)
      return
    }
    if (asked !== this.#asked) return
    this.noteRead()
    take(answer)
  }

  /** What is here now is newer than any answer that is on its way. */
  protected noteRead(): void {
    this.#asked++
    this.status = 'ready'
    this.problem = ''
  }

  #noteProblem(error: unknown): void {
    this.problem = describeFailure(error).message
    if (this.status === 'loading') this.status = 'failed'
  }
}
