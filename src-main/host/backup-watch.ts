// Looks now and then whether a backup of the history is due, for what was completed shortly after the last one.
import { describeFailure } from '#shared/failure.ts'
import type { Store } from '../store/open-store.ts'
import type { Log } from './calls.ts'

const LOOK_EVERY_MS = 60_000

export class BackupWatch {
  readonly #timer: NodeJS.Timeout
  #going: Promise<void> = Promise.resolve()

  constructor(store: Pick<Store, 'backUpIfDue'>, log: Log, every = LOOK_EVERY_MS) {
    this.#timer = setInterval(() => {
      this.#going = store
        .backUpIfDue()
        .catch((error: unknown) =>
          log(`No backup of the history was made: ${describeFailure(error).message}`),
        )
    }, every)
    this.#timer.unref()
  }

  /** Resolves when a backup that goes on is made. */
  close(): Promise<void> {
    clearInterval(this.#timer)
    return this.#going
  }
}
