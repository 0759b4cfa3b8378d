// The photo that is opened: every step of its way and every answer, prepared again by the host. Whoever runs through the
// list with the arrow keys asks for none of those in between.
import type { Client } from '#shared/client.ts'
import { describeFailure } from '#shared/failure.ts'
import type { OcclusionMap, PhotoDetail } from '#shared/photo-batch.ts'

const REST_MS = 120
const KEPT = 6

export class OpenedPhoto {
  status: 'loading' | 'ready' | 'failed' = $state('loading')
  problem = $state('')
  detail: PhotoDetail | null = $state.raw(null)
  /** Why the runs say what they say, by run; only what was asked for. */
  explanations: ReadonlyMap<string, OcclusionMap> = $state.raw(new Map())
  readonly #client: Client
  readonly #batchId: string
  readonly #kept = new Map<number, PhotoDetail>()
  #number: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(client: Client, batchId: string) {
    this.#client = client
    this.#batchId = batchId
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#number = null
  }

  open(number: number): void {
    if (number === this.#number) return
    clearTimeout(this.#timer)
    this.#number = number
    this.explanations = new Map()
    this.problem = ''
    this.detail = this.#kept.get(number) ?? null
    this.status = this.detail === null ? 'loading' : 'ready'
    if (this.detail === null) this.#timer = setTimeout(() => void this.#read(number), REST_MS)
  }

  /** What was read is out of date: limits or preparation have changed. */
  readAgain(): void {
    this.#kept.clear()
    const number = this.#number
    if (number !== null && this.status !== 'loading') void this.#read(number)
  }

  /** The host has answered with the whole photo, such as after an adjustment. */
  take(detail: PhotoDetail): void {
    this.#keep(detail)
    if (detail.row.number !== this.#number) return
    this.detail = detail
    this.explanations = new Map()
    this.status = 'ready'
  }

  /** @throws what the call refuses with */
  async explain(runId: string): Promise<void> {
    const number = this.#number
    if (number === null) return
    const map = await this.#client.photos.explain({ batchId: this.#batchId, number, runId })
    if (number === this.#number) this.explanations = new Map(this.explanations).set(runId, map)
  }

  async #read(number: number): Promise<void> {
    try {
      const detail = await this.#client.photos.readPhoto({ batchId: this.#batchId, number })
      this.take(detail)
    } catch (error) {
      if (number !== this.#number) return
      this.status = 'failed'
      this.problem = describeFailure(error).message
    }
  }

  #keep(detail: PhotoDetail): void {
    this.#kept.delete(detail.row.number)
    this.#kept.set(detail.row.number, detail)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }
}
