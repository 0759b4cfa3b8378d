// Tells every reader what happens. Each has a buffer of its own, so that one slow page holds up nobody; a reader that
// is hopelessly behind is sent away with a failure and starts anew.
import type { AppEvent } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import { addEvent } from './coalesce-events.ts'

/** More than the largest list of runs that one call can add or delete. */
const MAX_WAITING = 25_000

export class Announcer {
  readonly #maxWaiting: number
  readonly #readers = new Set<EventReader>()

  constructor(maxWaiting = MAX_WAITING) {
    this.#maxWaiting = maxWaiting
  }

  get readerCount(): number {
    return this.#readers.size
  }

  readonly announce = (event: AppEvent): void => {
    for (const reader of this.#readers) reader.take(event)
  }

  /** Everything that is announced from this call on, until the signal is aborted or the iteration is ended. */
  read(signal: AbortSignal): AsyncGenerator<AppEvent, void, void> {
    const reader = new EventReader(this.#maxWaiting)
    this.#readers.add(reader)
    const leave = (): void => {
      this.#readers.delete(reader)
      reader.end(null)
    }
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
    return iterate(reader, leave)
  }

  /** Ends every reader. */
  close(): void {
    for (const reader of this.#readers) reader.end(null)
    this.#readers.clear()
  }
}

async function* iterate(reader: EventReader, leave: () => void): AsyncGenerator<AppEvent, void, void> {
  try {
    for (;;) {
      const event = await reader.next()
      if (event === null) return
      yield event
    }
  } finally {
    leave()
  }
}

class EventReader {
  readonly #maxWaiting: number
  #waiting: AppEvent[] = []
  #isEnded = false
  #failure: Failure | null = null
  #wake: () => void = () => undefined

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting
  }

  take(event: AppEvent): void {
    if (this.#isEnded) return
    addEvent(this.#waiting, event)
    if (this.#waiting.length > this.#maxWaiting) this.end(tooFarBehind())
    this.#wake()
  }

  /** What still waits is dropped. */
  end(failure: Failure | null): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#failure = failure
    this.#waiting = []
    this.#wake()
  }

  /** The next event, or null at the end. @throws the failure that it was ended with */
  async next(): Promise<AppEvent | null> {
    while (this.#waiting.length === 0 && !this.#isEnded) {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      this.#wake = () => resolve(undefined)
      await promise
    }
    if (this.#failure !== null) throw this.#failure
    return this.#waiting.shift() ?? null
  }
}

function tooFarBehind(): Failure {
  return new Failure(
    'unavailable',
    'The page fell too far behind what happens here. It reads everything anew.',
  )
}
