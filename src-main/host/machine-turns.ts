// Whoever wants the machine for itself (a training, a calibration) waits for a turn, first come, first served.
import { Failure } from '#shared/failure.ts'
import type { MachineWork } from '#shared/queue.ts'

interface Place {
  readonly work: MachineWork
  /** Told what has the machine, while it is another: at once, and when that changes. */
  readonly onWait: (holder: MachineWork) => void
  readonly begin: () => void
}

export class MachineTurns {
  /** The first has the machine. */
  #line: readonly Place[] = []

  /** Whether who comes now has to wait. */
  get isTaken(): boolean {
    return this.#line.length > 0
  }

  /** Resolves when it is one's turn, with the function that ends it. */
  async take(work: MachineWork): Promise<() => void> {
    return this.takeUnless(new AbortController().signal, work)
  }

  /**
   * As `take`, but gives the place up at once when the signal is aborted.
   * @param onWait told what has the machine, while it is another: at once, and when that changes
   * @throws Failure 'cancelled'
   */
  async takeUnless(
    signal: AbortSignal,
    work: MachineWork,
    onWait: Place['onWait'] = () => undefined,
  ): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const place: Place = { work, onWait, begin: () => resolve(undefined) }
    const leave = (): void => this.#leave(place)
    if (signal.aborted) place.begin()
    else signal.addEventListener('abort', place.begin, { once: true })
    this.#line = [...this.#line, place]
    this.#tell([place])
    await promise
    signal.removeEventListener('abort', place.begin)
    if (!signal.aborted) return leave
    leave()
    throw new Failure('cancelled', 'It was cancelled before its turn came.')
  }

  #leave(place: Place): void {
    const [holder] = this.#line
    this.#line = this.#line.filter((one) => one !== place)
    if (holder === place) this.#tell(this.#line)
  }

  #tell(places: readonly Place[]): void {
    const [holder] = this.#line
    for (const place of places) {
      if (holder === place) place.begin()
      else if (holder !== undefined) place.onWait(holder.work)
    }
  }
}
