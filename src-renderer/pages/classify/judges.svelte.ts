// The runs that can judge photos, and which of them are asked: one, or two beside each other. The choice is remembered.
import type { PhotoJudge } from '#shared/photo-batch.ts'
import type { Connection } from '../../state/connection.svelte.ts'
import { Reading } from '../../state/reading.svelte.ts'

const KEPT_AS = 'atelier-photo-judges'

export class Judges extends Reading {
  list: readonly PhotoJudge[] = $state.raw([])
  readonly usable: readonly PhotoJudge[] = $derived(this.list.filter(({ problem }) => problem === null))
  #wanted: readonly string[] = $state.raw(readKept())
  /** One or two; empty where no run can judge. */
  readonly chosen: readonly string[] = $derived.by(() => {
    const known = this.#wanted.filter((runId) => this.usable.some((judge) => judge.runId === runId))
    if (known.length > 0) return known
    const usual = this.usable.find(({ runId }) => this.#isMadeForPhotos(runId)) ?? this.usable[0]
    return usual === undefined ? [] : [usual.runId]
  })
  readonly #connection: Connection
  readonly #stop: () => void
  readonly #isMadeForPhotos: (runId: string) => boolean

  /** @param isMadeForPhotos whether a run was trained to judge photos: the newest such run is the usual choice */
  constructor(connection: Connection, isMadeForPhotos: (runId: string) => boolean) {
    super()
    this.#connection = connection
    this.#isMadeForPhotos = isMadeForPhotos
    this.#stop = connection.listen({
      connected: () => void this.read(),
      heard: (event) => {
        const isNew = event.type === 'run-changed' && event.run.status === 'completed'
        if (isNew || event.type === 'run-deleted') void this.read()
      },
    })
  }

  close(): void {
    this.#stop()
  }

  async read(): Promise<void> {
    await this.readNewest(
      () => this.#connection.client.photos.listJudges({}),
      (list) => {
        this.list = list
      },
    )
  }

  /** @param runIds one or two, the one that decides first */
  choose(runIds: readonly string[]): void {
    this.#wanted = runIds
    localStorage.setItem(KEPT_AS, JSON.stringify(runIds))
  }
}

function readKept(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, 2) : []
  } catch {
    return [] // kept by another version: chosen anew
  }
}
