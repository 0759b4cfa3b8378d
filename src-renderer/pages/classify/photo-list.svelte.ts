// The photos of one batch that pass a filter: the numbers of all of them, and the rows of those that are in sight, read
// a page at a time. What changes is read again where it is seen; the rest when it comes into sight.
import { SvelteMap } from 'svelte/reactivity'
import { describeFailure } from '#shared/failure.ts'
import { PHOTO_FILTERS, type PhotoNumbersQuery, type PhotoRow } from '#shared/photo-batch.ts'
import { VERDICTS } from '#shared/verdict.ts'
import type { Connection } from '../../state/connection.svelte.ts'
import { Reading } from '../../state/reading.svelte.ts'

export type PhotoFilter = Omit<PhotoNumbersQuery, 'batchId'>

export const EVERY_PHOTO: PhotoFilter = { filter: 'all', search: '', predicted: null, verdict: null }

const PAGE = 50
/** Rows kept out of sight. */
const KEPT = 2000
/** While a batch is at work it changes all the time; it is read again at most this often. */
const AGAIN_MS = 400

export class PhotoList extends Reading {
  filter: PhotoFilter = $state.raw(EVERY_PHOTO)
  /** Of all photos that pass, in the order shown. */
  numbers: Uint32Array = $state.raw(new Uint32Array())
  readonly rows = new SvelteMap<number, PhotoRow>()
  readonly isFiltered: boolean = $derived(writeFilter(this.filter) !== '')
  readonly batchId: string
  readonly #connection: Connection
  readonly #stop: () => void
  /** Goes up when what was read may be out of date. */
  #version = $state(0)
  readonly #readAt = new Map<number, number>()
  /** How often the photos may have changed, and for each page how often they had when its rows were asked for. */
  #changes = 0
  readonly #heldAt = new Map<number, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastRead = Number.NEGATIVE_INFINITY

  constructor(connection: Connection, batchId: string, filter: PhotoFilter) {
    super()
    this.#connection = connection
    this.batchId = batchId
    this.filter = filter
    this.#stop = connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        if (event.type !== 'photos-changed' || event.batchId !== batchId) return
        this.#changes++
        this.#readSoon()
      },
    })
  }

  close(): void {
    this.#stop()
    clearTimeout(this.#timer)
  }

  /** Resolves when the photos that pass are known. */
  narrow(changes: Partial<PhotoFilter>): Promise<void> {
    this.filter = { ...this.filter, ...changes }
    return this.read()
  }

  async read(): Promise<void> {
    this.#changes++
    this.#lastRead = performance.now()
    const query = { batchId: this.batchId, ...this.filter }
    await this.readNewest(
      () => this.#connection.client.photos.listNumbers(query),
      ({ numbers }) => {
        this.numbers = Uint32Array.from(numbers)
        this.#readAt.clear()
        this.#version++
      },
    )
  }

  /** For effects of what is in sight: has the row at this place read, and again when it changes. */
  want(index: number): void {
    const version = this.#version
    const page = Math.floor(index / PAGE)
    if (this.#readAt.get(page) === version) return
    this.#readAt.set(page, version)
    void this.#readPage(page).catch((error: unknown) => {
      this.problem = describeFailure(error).message
    })
  }

  /** Rows by their numbers, read where they are not here as they are now. @throws what the call refuses with */
  async readRows(numbers: readonly number[]): Promise<PhotoRow[]> {
    const pages = new Map(Array.from(this.numbers, (number, place) => [number, Math.floor(place / PAGE)]))
    const isCurrent = (number: number, page: number): boolean =>
      this.rows.has(number) && this.#heldAt.get(page) === this.#changes
    const missing = new Set<number>()
    for (const number of numbers) {
      const page = pages.get(number)
      if (page !== undefined && !isCurrent(number, page)) missing.add(page)
    }
    const found = new Map<number, PhotoRow>()
    for (const page of missing) for (const row of await this.#readPage(page)) found.set(row.number, row)
    return numbers.flatMap((number) => found.get(number) ?? this.rows.get(number) ?? [])
  }

  async #readPage(page: number): Promise<readonly PhotoRow[]> {
    const changes = this.#changes
    const query = { batchId: this.batchId, ...this.filter, from: page * PAGE, count: PAGE }
    const { photos } = await this.#connection.client.photos.listPhotos(query)
    for (const row of photos) this.rows.set(row.number, row)
    this.#heldAt.set(page, changes)
    this.#forget(page)
    return photos
  }

  /** The oldest rows go; none near the page that was read last. */
  #forget(page: number): void {
    if (this.rows.size <= KEPT) return
    const near = new Set(this.numbers.subarray(Math.max(0, page - 2) * PAGE, (page + 3) * PAGE))
    for (const number of [...this.rows.keys()]) {
      if (this.rows.size <= KEPT / 2) break
      if (!near.has(number)) this.rows.delete(number)
    }
    for (const other of [...this.#readAt.keys()]) if (Math.abs(other - page) > 2) this.#readAt.delete(other)
  }

  #readSoon(): void {
    if (this.#timer !== undefined) return
    const pause = Math.max(0, AGAIN_MS - (performance.now() - this.#lastRead))
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.read()
    }, pause)
  }
}

/** As it stands in an address; '' for all photos. */
export function writeFilter({ filter, search, predicted, verdict }: PhotoFilter): string {
  return new URLSearchParams(Object.entries(filterTexts({ filter, search, predicted, verdict }))).toString()
}

export function filterTexts({ filter, search, predicted, verdict }: PhotoFilter): Record<string, string> {
  const texts = {
    filter: filter === 'all' ? '' : filter,
    search,
    class: predicted ?? '',
    verdict: verdict ?? '',
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
}

/** What cannot be read in an address is left out. */
export function readFilter(parameters: URLSearchParams): PhotoFilter {
  return {
    filter: PHOTO_FILTERS.find((one) => one === parameters.get('filter')) ?? 'all',
    search: (parameters.get('search') ?? '').slice(0, 200),
    predicted: parameters.get('class')?.slice(0, 100) ?? null,
    verdict: VERDICTS.find((one) => one === parameters.get('verdict')) ?? null,
  }
}
