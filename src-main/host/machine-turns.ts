// Whoever wants the machine for itself (a training, a calibration) waits for a turn, first come, first served.
import { Failure } from '#shared/failure.ts'

export class MachineTurns {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** Whether who comes now has to wait. */
  get isTaken(): boolean {
    return this.#waiting > 0
  }

  /** Resolves when it is one's turn, with the function that ends it. */
  async take(): Promise<() => void> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#last = promise
    this.#waiting += 1
    await before
    return () => {
      this.#waiting -= 1
      resolve(undefined)
    }
  }

  /** As `take`, but gives the turn back at once where the signal was aborted meanwhile. @throws Failure 'cancelled' */
  async takeUnless(signal: AbortSignal): Promise<() => void> {
    const turn = this.take()
    const aborted = new Promise<null>((resolve) => {
      if (signal.aborted) resolve(null)
      signal.addEventListener('abort', () => resolve(null), { once: true })
    })
    const endTurn = await Promise.race([turn, aborted])
    if (endTurn !== null && !signal.aborted) return endTurn
    void turn.then((end) => end())
    throw new Failure('cancelled', 'It was cancelled before its turn came.')
  }
}
