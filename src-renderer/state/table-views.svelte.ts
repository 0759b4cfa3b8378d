// How one table is looked at, as a copy of what the host keeps: the columns, and the views saved by name. A change is
// shown at once and kept a moment later, so that drawing a column wider is one call and not hundreds.
import type { Arrangement, SavedView, TableViews as KeptViews } from '#shared/contract/views.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Connection } from './connection.svelte.ts'

const KEEP_AFTER_MS = 400
const PROPOSED: Arrangement = { columns: null, widths: {} }

export class TableViews {
  /** Until it is known how the table is looked at, it is better not shown. */
  status: 'loading' | 'ready' = $state('loading')
  /** Why the last change is not kept, or nothing could be read; empty when all is well. */
  problem = $state('')
  saved: readonly SavedView[] = $state.raw([])
  /** The row that the keyboard was on when the page with the table was left. */
  lastActive: string | null = null
  #arrangement: Arrangement = $state.raw(PROPOSED)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #connection: Connection
  readonly #table: string

  /** @param table such as 'runs' */
  constructor(connection: Connection, table: string) {
    this.#connection = connection
    this.#table = table
    connection.listen({
      connected: () => void this.#read(),
      heard: (event) => {
        if (event.type === 'views-changed' && event.table === table) this.#take(event.views)
      },
    })
  }

  get arrangement(): Arrangement {
    return this.#arrangement
  }

  set arrangement(arrangement: Arrangement) {
    this.#arrangement = arrangement
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#keep(), KEEP_AFTER_MS)
  }

  /** @throws what the call refuses with */
  async save(view: SavedView): Promise<void> {
    this.#take(await this.#connection.client.views.save({ table: this.#table, view }))
  }

  /** @throws what the call refuses with */
  async remove(name: string): Promise<void> {
    this.#take(await this.#connection.client.views.remove({ table: this.#table, name }))
  }

  async #read(): Promise<void> {
    try {
      this.#take(await this.#connection.client.views.read({ table: this.#table }))
      this.problem = ''
    } catch (error) {
      this.problem = describeFailure(error).message
    }
    this.status = 'ready'
  }

  async #keep(): Promise<void> {
    this.#timer = undefined
    const arrangement = this.#arrangement
    try {
      await this.#connection.client.views.arrange({ table: this.#table, arrangement })
      this.problem = ''
    } catch (error) {
      this.problem = `How the columns stand could not be kept: ${describeFailure(error).message}`
    }
  }

  /** What is changed here and not kept yet is newer. */
  #take({ arrangement, saved }: KeptViews): void {
    this.saved = saved
    if (this.#timer === undefined) this.#arrangement = arrangement
  }
}
