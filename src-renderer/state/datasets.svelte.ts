// The datasets that are here or can be had, as a copy of the host's list, and how far each download or import is.
import type { DatasetSummary } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { SweepDataset } from '#shared/field-texts.ts'
import type { LeftOut, PhotoForm } from '#shared/photo-dataset.ts'
import { PAPER_DATASET } from '#shared/paper/paper-state.ts'
import type { Connection } from './connection.svelte.ts'
import { Reading } from './reading.svelte.ts'

export interface DatasetProgress {
  /** What people call the dataset. */
  readonly name: string
  readonly activity: 'downloading' | 'preparing' | 'installing'
  /** Bytes; photos while they are prepared. */
  readonly done: number
  readonly total: number
}

export class Datasets extends Reading {
  list: readonly DatasetSummary[] = $state.raw([])
  /** By the id under which the host announces it; an import's id may be none of the list yet. */
  progress: ReadonlyMap<string, DatasetProgress> = $state.raw(new Map())
  /** What reading its files again has found wrong with a dataset, by its id, until it is installed anew. */
  faults: ReadonlyMap<string, string> = $state.raw(new Map())
  /** Those that a run can be made with. */
  readonly usable: readonly DatasetSummary[] = $derived(this.list.filter(isUsable))
  readonly #connection: Connection

  constructor(connection: Connection) {
    super()
    this.#connection = connection
    connection.listen({
      connected: () => {
        this.progress = new Map() // what goes on will be announced again
        void this.read()
      },
      heard: (event) => {
        if (event.type === 'datasets-changed') {
          this.progress = new Map() // another page's work may be what has ended; the rest is announced again
          void this.read()
        }
        if (event.type !== 'dataset-progressed') return
        const { id, name, activity, done, total } = event
        this.progress = new Map(this.progress).set(id, { name, activity, done, total })
      },
    })
  }

  find(id: string): DatasetSummary | undefined {
    return this.list.find((dataset) => dataset.id === id)
  }

  async read(): Promise<void> {
    await this.readNewest(
      () => this.#connection.client.datasets.list({}),
      (list) => {
        this.list = list
      },
    )
  }

  /**
   * @param announceAs the key in `progress` while it goes on, and what cancels it
   * @throws what the call refuses with
   */
  async add(
    folder: string,
    id: string | null,
    name: string | null,
    announceAs: string,
  ): Promise<DatasetSummary> {
    try {
      const added = await this.#connection.client.datasets.add({ folder, id, name, announceAs })
      this.#tellFault(added.id, null)
      return added
    } finally {
      this.#forget(announceAs)
      await this.read()
    }
  }

  /** The same for a folder of photos. */
  async addPhotos(
    folder: string,
    form: PhotoForm,
    named: { readonly id: string | null; readonly name: string | null },
    announceAs: string,
  ): Promise<{ readonly dataset: DatasetSummary; readonly leftOut: readonly LeftOut[] }> {
    try {
      const added = await this.#connection.client.datasets.addPhotos({ folder, form, ...named, announceAs })
      this.#tellFault(added.dataset.id, null)
      return added
    } finally {
      this.#forget(announceAs)
      await this.read()
    }
  }

  /** @throws what the call refuses with; 'cancelled' when someone ended it */
  async download(id: string): Promise<void> {
    this.progress = new Map(this.progress).set(id, {
      name: this.find(id)?.name ?? id,
      activity: 'downloading',
      done: 0,
      total: 0,
    })
    try {
      await this.#connection.client.datasets.download({ id })
      this.#tellFault(id, null)
    } finally {
      this.#forget(id)
      await this.read()
    }
  }

  /** @throws what the call refuses with */
  async cancel(id: string): Promise<void> {
    await this.#connection.client.datasets.cancel({ id })
    this.#forget(id)
  }

  /**
   * Reads every byte again.
   * @throws what the call refuses with; a fault of the files ('invalid-file') is kept in `faults` too
   */
  async verify(id: string): Promise<void> {
    this.#tellFault(id, null)
    try {
      await this.#connection.client.datasets.verify({ id })
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code === 'invalid-file') this.#tellFault(id, message)
      throw error
    } finally {
      await this.read()
    }
  }

  /** @throws what the call refuses with */
  async remove(id: string): Promise<void> {
    await this.#connection.client.datasets.remove({ id })
    this.#tellFault(id, null)
    await this.read()
  }

  /** Null where nothing is known to be wrong. */
  #tellFault(id: string, fault: string | null): void {
    const others = [...this.faults].filter(([known]) => known !== id)
    this.faults = new Map(fault === null ? others : [...others, [id, fault]])
  }

  #forget(id: string): void {
    this.progress = new Map([...this.progress].filter(([known]) => known !== id))
  }
}

export function isUsable({ state }: DatasetSummary): boolean {
  return state === 'installed' || state === 'generated' || state === 'folder'
}

/** What a run is made with when nobody has chosen: what was named at the start, else the paper's images, others, drawn ones. */
export function chooseUsual(usable: readonly DatasetSummary[]): DatasetSummary | undefined {
  const order = ['folder', 'installed', 'generated']
  const rank = ({ id, state }: DatasetSummary): number =>
    order.indexOf(state) - (state === 'installed' && id === PAPER_DATASET ? 0.5 : 0)
  return usable.toSorted((one, other) => rank(one) - rank(other))[0]
}

export function describeForSweep(dataset: DatasetSummary): SweepDataset {
  const { id, height, width, channels, classNames, trainCount, testCount } = dataset
  return { id, height, width, channels, classes: classNames.length, trainCount, testCount }
}
