// What trains at this moment and how far it is, for the strip at the foot of every page. Not stored by anyone: it is
// announced a few times a second, and asked for once after a reload.
import type { TrainingProgress } from '#shared/run-events.ts'
import type { Connection } from './connection.svelte.ts'
import type { QueueState } from './queue-state.svelte.ts'

export class LiveRun {
  #runId: string | null = $state(null)
  #progress: TrainingProgress | null = $state.raw(null)
  readonly #connection: Connection
  readonly #queue: QueueState

  constructor(connection: Connection, queue: QueueState) {
    this.#connection = connection
    this.#queue = queue
    connection.listen({
      heard: (event) => {
        if (event.type !== 'training-progressed') return
        this.#runId = event.runId
        this.#progress = event.progress
      },
    })
  }

  get runId(): string | null {
    return this.#queue.current.current
  }

  /** Null until the current run has told where it is. */
  get progress(): TrainingProgress | null {
    return this.#runId === this.runId ? this.#progress : null
  }

  /** After a reload the next announcement may be seconds away, or never come while the run is paused. */
  async catchUp(): Promise<void> {
    const runId = this.runId
    if (runId === null || this.#runId === runId) return
    const { progress } = await this.#connection.client.runs.readCurve({ runId })
    if (this.runId !== runId || this.#runId === runId || progress === null) return
    this.#runId = runId
    this.#progress = progress
  }
}
