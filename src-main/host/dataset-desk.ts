// The library as the contract tells of it: one list whatever a dataset's state is, work that is announced while it goes
// on and can be ended by its id, and the folder that was named at the start.
import { basename, resolve } from 'node:path'
import type { AppEvent, DatasetSummary } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'
import type { LeftOut, PhotoForm } from '#shared/photo-dataset.ts'
import type { Backend } from '../backend.ts'
import { datasetIdFrom } from '../datasets/dataset-id.ts'
import type { InstalledEntry } from '../datasets/dataset-entry.ts'
import { KNOWN_DATASETS } from '../datasets/known-datasets.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import type { InstallOptions } from '../datasets/stored-datasets.ts'
import { expandHome } from '../files/expand-home.ts'
import { addPhotoFolder } from '../photos/add-photo-folder.ts'
import type { Decoders } from '../photos/decoders.ts'
import { summarizeEntry, summarizeFolder } from './summarize-dataset.ts'

const ANNOUNCE_EVERY_MS = 200

export interface FolderToAdd {
  readonly folder: string
  readonly id: string | null
  readonly name: string | null
  /** By what it is announced and can be cancelled; left out, the id that the dataset will have. */
  readonly announceAs?: string | undefined
}

export interface PhotosToAdd extends FolderToAdd {
  readonly form: PhotoForm
}

export class DatasetDesk {
  readonly #backend: Backend
  readonly #announce: (event: AppEvent) => void
  readonly #decoders: Decoders
  readonly #jobs = new Map<string, AbortController>()
  /** The folder that was named at the start, or null. */
  readonly directory: string | null
  #named: FullDescription | null = null

  constructor(
    backend: Backend,
    directory: string | null,
    decoders: Decoders,
    announce: (event: AppEvent) => void,
  ) {
    this.#backend = backend
    this.#decoders = decoders
    this.directory = directory === null ? null : resolve(directory)
    this.#announce = announce
  }

  /** @throws Failure when the folder that was named at the start holds no dataset */
  async readNamedFolder(): Promise<void> {
    const { directory } = this
    if (directory !== null) this.#named = await this.#backend.describeDataset({ id: '', directory })
  }

  async list(): Promise<DatasetSummary[]> {
    const { datasets, describeDataset } = this.#backend
    const entries = await Promise.all(
      (await datasets.list()).map((entry) => summarizeEntry(entry, describeDataset)),
    )
    if (this.#named === null || this.directory === null) return entries
    const named = summarizeFolder(this.#named, this.directory)
    const isInstalled = entries.some(({ id, state }) => id === named.id && state === 'installed')
    return isInstalled ? entries : [named, ...entries.filter(({ id }) => id !== named.id)]
  }

  async add(asked: FolderToAdd): Promise<DatasetSummary> {
    const { id, name } = asked
    const folder = expandHome(asked.folder)
    return this.#work(nameJob(asked), (options) =>
      this.#backend.datasets.add(folder, { ...options, id: id ?? undefined, name: name ?? undefined }),
    )
  }

  async addPhotos(asked: PhotosToAdd): Promise<{ dataset: DatasetSummary; leftOut: LeftOut[] }> {
    const { form, id, name } = asked
    const folder = expandHome(asked.folder)
    const leftOut: LeftOut[] = []
    const dataset = await this.#work(nameJob(asked), async (options) => {
      const named = { ...options, id: id ?? undefined, name: name ?? undefined }
      const added = await addPhotoFolder(this.#backend.datasets, this.#decoders, folder, form, named)
      leftOut.push(...added.leftOut)
      return added.entry
    })
    return { dataset, leftOut }
  }

  async download(id: string): Promise<DatasetSummary> {
    const name = KNOWN_DATASETS.find((known) => known.id === id)?.name ?? id
    return this.#work({ id, name }, (options) => this.#backend.datasets.download(id, options))
  }

  /** @throws Failure 'not-found' when nothing is being added or downloaded under the id */
  cancel(id: string): void {
    const job = this.#jobs.get(id)
    if (job === undefined)
      throw new Failure('not-found', `Nothing is being added or downloaded as ${id}; it may be done already.`)
    job.abort()
  }

  verify(id: string): Promise<string> {
    return this.#backend.datasets.verify(id)
  }

  async remove(id: string): Promise<void> {
    await this.#backend.datasets.remove(id)
    this.#announce({ type: 'datasets-changed' })
  }

  /** Ends all work; what a download has received is kept. */
  close(): void {
    for (const job of this.#jobs.values()) job.abort()
  }

  async #work(
    { id, name }: { readonly id: string; readonly name: string },
    install: (options: InstallOptions) => Promise<InstalledEntry>,
  ): Promise<DatasetSummary> {
    if (this.#jobs.has(id))
      throw new Failure('conflict', `${id} is being added or downloaded already. Wait until it is done.`)
    const job = new AbortController()
    this.#jobs.set(id, job)
    try {
      const entry = await install({ signal: job.signal, onProgress: this.#tellProgress(id, name) })
      return await summarizeEntry(entry, this.#backend.describeDataset)
    } finally {
      this.#jobs.delete(id)
      this.#announce({ type: 'datasets-changed' })
    }
  }

  #tellProgress(id: string, name: string): NonNullable<InstallOptions['onProgress']> {
    let toldAt = Number.NEGATIVE_INFINITY
    return ({ activity, done, total }) => {
      const now = performance.now()
      if (now - toldAt < ANNOUNCE_EVERY_MS && done < total) return
      toldAt = now
      this.#announce({ type: 'dataset-progressed', id, name, activity, done, total })
    }
  }
}

function nameJob({ folder, id, name, announceAs }: FolderToAdd): {
  readonly id: string
  readonly name: string
} {
  const called = basename(resolve(expandHome(folder)))
  return { id: announceAs ?? id ?? datasetIdFrom(called), name: name ?? called }
}
