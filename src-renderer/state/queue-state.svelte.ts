// The queue: what trains, what waits, and whether it is held; a copy of what the host keeps.
import type { Queue } from '#shared/queue.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Connection } from './connection.svelte.ts'

const EMPTY: Queue = { current: null, waiting: [], held: false }

export class QueueState {
  current: Queue = $state.raw(EMPTY)
  isKnown = $state(false)
  problem = $state('')
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
    connection.listen({
      connected: () => void this.#read(),
      heard: (event) => {
        if (event.type === 'queue-changed') this.take(event.queue)
      },
    })
  }

  /** 0 is next; null when the run does not wait. */
  placeOf(runId: string): number | null {
    const place = this.current.waiting.findIndex((entry) => entry.runId === runId)
    return place === -1 ? null : place
  }

  /** Takes over the answer of a call that changed the queue. */
  take(queue: Queue): void {
    this.current = queue
    this.isKnown = true
    this.problem = ''
  }

  async #read(): Promise<void> {
    try {
      this.take(await this.#connection.client.queue.read({}))
    } catch (error) {
      this.problem = describeFailure(error).message
    }
  }
}
