// The datasets of this machine: those installed in one folder, those drawn by a program, and those that can be
// downloaded. Installing, replacing and removing happen as a whole or not at all, whenever the process dies.
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Dataset } from '#shared/core/datasets/dataset.ts'
import { invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { Failure } from '#shared/failure.ts'
import type { PhotoOrigin } from '#shared/photo-dataset.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import { recoverFolders, removeFolderAtomically } from '../files/install-folder.ts'
import { hashDataset, type HashedDataset } from './content-hash.ts'
import { describeAvailable, type DatasetEntry, type InstalledEntry } from './dataset-entry.ts'
import { downloadDataset } from './download-dataset.ts'
import { readIdxFolder, type FolderOptions } from './idx-folder.ts'
import { loadDataset, REPAIR } from './installed-dataset.ts'
import { FASHION_MNIST, KNOWN_DATASETS, type KnownDataset } from './known-datasets.ts'
import { findStored, installDataset, listStored, type InstallOptions } from './stored-datasets.ts'

/** A dataset that a program draws when it is loaded. */
export interface GeneratedDataset {
  readonly id: string
  readonly name: string
  readonly generate: () => Dataset | Promise<Dataset>
}

export interface LibrarySettings {
  /** Is made if it does not exist. */
  readonly directory: string
  readonly generated: readonly GeneratedDataset[]
  /** What is recognised and can be downloaded; a test brings its own. */
  readonly known?: readonly KnownDataset[]
}

export type AddOptions = FolderOptions & InstallOptions
/** `baseUrl` is a folder on the web to take the files from instead of the known ones. */
export type DownloadOptions = InstallOptions & { readonly baseUrl?: string | undefined }

/**
 * Opens the library in a folder and brings it in order after a crash. One process at a time may change it.
 * @throws Failure when the folder cannot be made or read
 */
export async function openDatasetLibrary(settings: LibrarySettings): Promise<DatasetLibrary> {
  const { directory } = settings
  try {
    await mkdir(directory, { recursive: true })
  } catch (error) {
    throw describeDiskError(error, `make the folder ${directory}`)
  }
  await recoverFolders(directory)
  return new DatasetLibrary(settings)
}

export class DatasetLibrary {
  readonly #directory: string
  readonly #generated: readonly GeneratedDataset[]
  readonly #known: readonly KnownDataset[]
  /** Ids that are being installed or removed. */
  readonly #busy = new Set<string>()

  /** Use openDatasetLibrary, which prepares the folder. */
  constructor({ directory, generated, known = KNOWN_DATASETS }: LibrarySettings) {
    this.#directory = directory
    this.#generated = generated
    this.#known = known
  }

  /** Every dataset there is or could be: those in the folder, the generated ones, then those to download. */
  async list(): Promise<readonly DatasetEntry[]> {
    const stored = await listStored(this.#directory)
    const generated = this.#generated.map(({ id, name }) => ({ state: 'generated', id, name }) as const)
    const absent = this.#known.filter(({ id }) => !stored.some((entry) => entry.id === id))
    return [...stored, ...generated, ...absent.map(describeAvailable)]
  }

  /** The id to use when nobody names one: Fashion-MNIST, else another installed dataset, else a generated one. */
  async best(): Promise<string> {
    const entries = await this.list()
    const usable = entries.filter(({ state }) => state === 'installed' || state === 'generated')
    const best = usable.find(({ id }) => id === FASHION_MNIST.id) ?? usable[0]
    if (!best) throw new Failure('not-found', 'There is no dataset on this machine. Add or download one.')
    return best.id
  }

  /**
   * Reads a dataset into memory; an installed one is not hashed again, which `verify` does.
   * @throws Failure 'not-found' when it is not on this machine, 'invalid-file' when it is damaged
   */
  async load(id: string): Promise<HashedDataset> {
    const generated = this.#generated.find((candidate) => candidate.id === id)
    if (!generated) return loadDataset(await this.#storedFolder(id))
    const dataset = await generated.generate()
    return { ...dataset, hash: hashDataset(dataset) }
  }

  /** Reads a folder in place, without installing it; throws as readIdxFolder does. */
  async loadFolder(folder: string): Promise<HashedDataset> {
    return readIdxFolder(folder, this.#known)
  }

  /**
   * Installs a dataset from a folder. Adding the same content again replaces the files, which repairs them.
   * @throws Failure that names the file at fault; 'conflict' when other content has the id; 'cancelled'
   */
  async add(folder: string, options: AddOptions = {}): Promise<InstalledEntry> {
    return unlessCancelled(`Adding ${folder}`, options.signal, async () => {
      const dataset = await readIdxFolder(folder, this.#known, options)
      this.#refuseGenerated(dataset.id, 'its id cannot be given to another. Choose another id')
      const install = () => installDataset(this.#directory, dataset, resolve(folder), options)
      return this.#exclusively(dataset.id, install)
    })
  }

  /**
   * Installs a dataset that was made of photos.
   * @param source the folder that they lie in
   * @throws Failure 'conflict' when other content has the id; 'cancelled'
   */
  async install(
    dataset: HashedDataset,
    source: string,
    photos: PhotoOrigin,
    options: InstallOptions = {},
  ): Promise<InstalledEntry> {
    return unlessCancelled(`Adding ${source}`, options.signal, () => {
      this.#refuseGenerated(dataset.id, 'its id cannot be given to another. Choose another id')
      const install = () => installDataset(this.#directory, dataset, resolve(source), options, photos)
      return this.#exclusively(dataset.id, install)
    })
  }

  /**
   * Downloads and installs a known dataset; one that is installed is left as it is. What a broken download has
   * received is kept and continued by the next call.
   * @throws Failure 'unavailable' without network, 'not-found' for an unknown id, 'cancelled'
   */
  async download(id: string, options: DownloadOptions = {}): Promise<InstalledEntry> {
    const known = this.#known.find((candidate) => candidate.id === id)
    if (!known) throw new Failure('not-found', `${id} cannot be downloaded. ${this.#downloadable()}`)
    return this.#exclusively(id, async () => {
      const stored = await findStored(this.#directory, id)
      if (stored?.state === 'installed') return stored
      const work = () => this.#downloadAndInstall(known, options)
      return unlessCancelled(`The download of ${known.name}`, options.signal, work)
    })
  }

  /**
   * Reads a dataset again and compares its content with the hash recorded when it was installed.
   * @returns the hash
   * @throws Failure 'invalid-file' when the content has changed
   */
  async verify(id: string): Promise<string> {
    const dataset = await this.load(id)
    const found = hashDataset(dataset)
    if (found === dataset.hash) return found
    const expected = `content with the hash ${dataset.hash} recorded at installation`
    throw invalidFile(join(this.#directory, id), expected, found, REPAIR)
  }

  /** @throws Failure 'conflict' for a generated dataset, 'not-found' when it is not installed */
  async remove(id: string): Promise<void> {
    this.#refuseGenerated(id, 'it cannot be removed')
    await this.#exclusively(id, async () => removeFolderAtomically(await this.#storedFolder(id)))
  }

  async #downloadAndInstall(known: KnownDataset, options: DownloadOptions): Promise<InstalledEntry> {
    const folder = join(this.#directory, '.downloads', known.id)
    await downloadDataset(known, folder, options)
    const { id, name, classNames } = known
    const dataset = await readIdxFolder(folder, [known], { id, name, classNames, signal: options.signal })
    const entry = await installDataset(this.#directory, dataset, options.baseUrl ?? known.source, options)
    await rm(folder, { recursive: true, force: true })
    return entry
  }

  async #storedFolder(id: string): Promise<string> {
    if (await findStored(this.#directory, id)) return join(this.#directory, id)
    const present = (await this.list()).filter(({ state }) => state !== 'available').map((entry) => entry.id)
    const choice = `Datasets here: ${present.join(', ') || 'none'}. ${this.#downloadable()}`
    throw new Failure('not-found', `There is no dataset ${JSON.stringify(id)} on this machine. ${choice}`)
  }

  #downloadable(): string {
    return `Can be downloaded: ${this.#known.map(({ id }) => id).join(', ') || 'none'}.`
  }

  #refuseGenerated(id: string, consequence: string): void {
    const generated = this.#generated.find((candidate) => candidate.id === id)
    if (generated) throw new Failure('conflict', `${generated.name} is built in: ${consequence}.`)
  }

  async #exclusively<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#busy.has(id))
      throw new Failure('conflict', `${id} is being changed already. Wait until it is done.`)
    this.#busy.add(id)
    try {
      return await work()
    } finally {
      this.#busy.delete(id)
    }
  }
}

/** Says that the user ended it, whichever step noticed. */
async function unlessCancelled<Result>(
  what: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (signal?.aborted !== true || error instanceof Failure) throw error
    throw new Failure('cancelled', `${what} was cancelled; what was installed before is unchanged.`, {
      cause: error,
    })
  }
}
