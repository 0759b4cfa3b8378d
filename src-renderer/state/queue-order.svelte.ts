// Changing the order of the queue: by steps, and by dragging. Moves wait for each other, so that
// keys held down do not race.
import type { Client } from '#shared/client.ts'
import type { QueueState } from './queue-state.svelte.ts'
import type { Toasts } from './toasts.svelte.ts'

export const ROW_HEIGHT = 32

/** A place, 0 being next, or a step from where the run stands by then. */
export type Move = number | 'up' | 'down'

export class QueueOrder {
  /** The run that is being dragged. */
  dragged: string | null = $state(null)
  /** The place that it would take. */
  target: number | null = $state(null)
  /** What was done, for those who do not see it. */
  said = $state('')
  readonly #client: Client
  readonly #queue: QueueState
  readonly #toasts: Toasts
  #last: Promise<unknown> = Promise.resolve()

  constructor(client: Client, queue: QueueState, toasts: Toasts) {
    this.#client = client
    this.#queue = queue
    this.#toasts = toasts
  }

  /** The place that was taken, or null when nothing moved. Moves are made one after the other, in their order. */
  move(runId: string, to: Move): Promise<number | null> {
    const moved = this.#last.then(() => this.#moveNow(runId, to))
    this.#last = moved
    return moved
  }

  async #moveNow(runId: string, to: Move): Promise<number | null> {
    const from = this.#queue.placeOf(runId)
    if (from === null) return null
    const place = this.#clamp(to === 'up' ? from - 1 : to === 'down' ? from + 1 : to)
    if (place === from) return null
    const answer = await this.#toasts.attempt(() => this.#client.queue.move({ runId, place }))
    if (answer === undefined) return null
    this.#queue.take(answer)
    return this.#queue.placeOf(runId)
  }

  async remove(runId: string): Promise<void> {
    const answer = await this.#toasts.attempt(() => this.#client.queue.remove({ runIds: [runId] }))
    if (answer === undefined) return
    this.#queue.take(answer)
    this.#toasts.say('Taken out of the queue; it stays in the history as cancelled.', {
      label: 'Queue again',
      run: () => void this.#toasts.attempt(() => this.#client.runs.resume({ runId })),
    })
  }

  start(runId: string): void {
    this.dragged = runId
    this.target = this.#queue.placeOf(runId)
  }

  over(place: number): void {
    if (this.dragged !== null) this.target = this.#clamp(place)
  }

  /** The place to take; null when nothing was dragged. */
  end(): number | null {
    const { target, dragged } = this
    this.dragged = null
    this.target = null
    return dragged === null ? null : target
  }

  #clamp(place: number): number {
    return Math.max(0, Math.min(this.#queue.current.waiting.length - 1, place))
  }
}
