// Work that must not overlap: each piece is begun when the one before it has ended, well or not.
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve()

  /** Ends as the work does; what comes after it is done either way. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => 'whoever asked for the work is told')
    return done
  }

  /** Resolves when all that was asked for until now has ended. */
  async settle(): Promise<void> {
    await this.#last
  }
}
