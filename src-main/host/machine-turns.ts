// Whoever wants the machine for itself (a training, a calibration) waits for a turn, first come, first served.

export class MachineTurns {
  #last: Promise<unknown> = Promise.resolve()

  /** Resolves when it is one's turn, with the function that ends it. */
  async take(): Promise<() => void> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#last = promise
    await before
    return () => resolve(undefined)
  }
}
