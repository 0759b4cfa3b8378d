// Changing the order of the queue: by steps, and by dragging. Moves wait for each other, so that
// keys held down do not race.
import type { Client } from '#shared/client.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
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
  readonly #moves = new OneAtATime()

  constructor(client: Client, queue: QueueState, toasts: Toasts) {
    this.#client = client
    this.#queue = queue
    this.#toasts = toasts
  }

  /** The place that was taken, or null when nothing moved. Moves are made one after the other, in their order. */
  move(runId: string, to: Move): Promise<number | null> {
    return this.#moves.run(() => this.#moveNow(runId, to))
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
    await this.#toasts.attempt(async () => {
      const { queue, runs } = this.#client
      const { epochs } = (await runs.read({ runId })).experiment
      this.#queue.take(await queue.remove({ runIds: [runId] }))
      const { status } = await runs.read({ runId })
      // One that was only to be trained further is what it was before.
      const again = () => (status === 'completed' ? runs.extend({ runId, epochs }) : runs.resume({ runId }))
      this.#toasts.say(`Taken out of the queue; it stays in the history as ${status}.`, {
        label: 'Queue again',
        run: () => void this.#toasts.attempt(again),
      })
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
