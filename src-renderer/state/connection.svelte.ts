// The page's end of the contract: a typed client whose wire may break and come back, and the announcements that
// arrive over it. State classes listen here; each hears of a new connection first and of all that follows.
import { ValidationError } from '@orpc/contract'
import { buildClient, type Client } from '#shared/client.ts'
import type { AppEvent } from '#shared/contract.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { Channel, Wire } from '../channel.ts'

export interface Listener {
  /** The wire is up and announcements flow: read anew what is kept a copy of. */
  connected?(): void
  heard?(event: AppEvent): void
}

const ADVICE = 'Page and program may be of different versions: reload the page.'
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 8000

export class Connection {
  status: 'connecting' | 'connected' | 'reconnecting' | 'lost' = $state('connecting')
  /** Why there is no connection; empty while there is one. */
  problem = $state('')
  readonly client: Client
  readonly #channel: Channel
  readonly #listeners = new Set<Listener>()
  #wire: Wire | null = null
  #wake: () => void = () => undefined
  #ended = false

  constructor(channel: Channel) {
    this.#channel = channel
    this.client = buildClient({ call: (path, input, options) => this.#call(path, input, options) })
  }

  /** Returns how to stop listening. Who comes late is told at once that the wire is up. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.status === 'connected') listener.connected?.()
    return () => this.#listeners.delete(listener)
  }

  /** Keeps the page connected until `end`. */
  async run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    for (;;) {
      const lasted = await this.#follow()
      if (this.#ended) return
      if (this.#wire === null && !this.#channel.reopens) {
        this.status = 'lost'
        return
      }
      this.status = 'reconnecting'
      pauseMs = lasted ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      await this.#rest(pauseMs)
    }
  }

  /** Does not wait for the pause between two attempts. */
  retry(): void {
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** Passes on what is announced until that ends; whether it ever began. */
  async #follow(): Promise<boolean> {
    let lasted = false
    try {
      const wire = (this.#wire ??= await this.#open())
      const events = await this.client.events({})
      void wire.closed.then(() => events.return())
      lasted = true
      this.status = 'connected'
      this.problem = ''
      for (const listener of this.#listeners) listener.connected?.()
      for await (const event of events) for (const listener of this.#listeners) listener.heard?.(event)
      this.problem = 'Atelier has closed the connection.'
    } catch (error) {
      this.problem = describeFailure(error).message
    }
    return lasted
  }

  async #open(): Promise<Wire> {
    const wire = await this.#channel.open()
    void wire.closed.then(() => {
      if (this.#wire === wire) this.#wire = null
    })
    return wire
  }

  async #call(...[path, input, options]: Parameters<Wire['link']['call']>): Promise<unknown> {
    if (this.#wire === null) throw new Failure('unavailable', this.#sayAbsent())
    try {
      return await this.#wire.link.call(path, input, options)
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      throw new Failure('internal', `The answer to ${path.join('.')} was not understood. ${ADVICE}`, {
        cause: error,
      })
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #sayAbsent(): string {
    if (this.status === 'connecting') return 'Atelier is still starting. Try again in a moment.'
    return 'There is no connection to Atelier, so nothing was changed. It is tried again by itself.'
  }
}
