// The folder of installed datasets: what is in it, and how a dataset gets in as a whole or not at all.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { PhotoOrigin } from '#shared/photo-dataset.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import { installFolderAtomically } from '../files/install-folder.ts'
import { temporaryPathFor } from '../files/temporary-name.ts'
import type { HashedDataset } from './content-hash.ts'
import type { DamagedEntry, InstalledEntry } from './dataset-entry.ts'
import { isDatasetId } from './dataset-id.ts'
import { installedBytes, readDatasetRecord, writeDataset, type DatasetRecord } from './installed-dataset.ts'

export type StoredEntry = InstalledEntry | DamagedEntry

/** How far a download or an installation is, over all four files, or how many photos are prepared. */
export interface DatasetProgress {
  readonly activity: 'downloading' | 'preparing' | 'installing'
  /** What is worked on; '' for photos, of which there are many. */
  readonly file: string
  /** Bytes that have arrived on the disk, or photos. */
  readonly done: number
  readonly total: number
}

export interface InstallOptions {
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** All datasets in the folder, in the order of their ids. */
export async function listStored(directory: string): Promise<readonly StoredEntry[]> {
  const entries: StoredEntry[] = []
  for (const id of await storedIds(directory)) entries.push(await describeStored(directory, id))
  return entries
}

/** The dataset with an id, or null. */
export async function findStored(directory: string, id: string): Promise<StoredEntry | null> {
  return (await storedIds(directory)).includes(id) ? describeStored(directory, id) : null
}

/**
 * Installs a dataset under its id; the same content again replaces the files, which repairs them.
 * @param source the folder or address that it comes from
 * @param photos how it was made of photos; null for one that was not
 * @throws Failure 'conflict' when the id belongs to other content, or with a sentence when the disk refuses
 */
export async function installDataset(
  directory: string,
  dataset: HashedDataset,
  source: string,
  options: InstallOptions,
  photos: PhotoOrigin | null = null,
): Promise<InstalledEntry> {
  await refuseOtherContent(directory, dataset)
  const folder = join(directory, dataset.id)
  const temporary = temporaryPathFor(folder)
  try {
    await mkdir(temporary)
    const record = await writeDataset(
      temporary,
      dataset,
      { source, photos },
      options.signal,
      (file, bytes, totalBytes) => {
        options.onProgress?.({ activity: 'installing', file, done: bytes, total: totalBytes })
      },
    )
    await installFolderAtomically(temporary, folder)
    return installedEntry(record)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => 'the first error is the one to tell')
    throw describeDiskError(error, `install ${folder}`)
  }
}

async function storedIds(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory)
    return names.filter(isDatasetId).sort()
  } catch (error) {
    throw describeDiskError(error, `read the folder ${directory}`)
  }
}

async function describeStored(directory: string, id: string): Promise<StoredEntry> {
  try {
    return installedEntry(await readDatasetRecord(join(directory, id)))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { state: 'damaged', id, reason: describeFailure(error).message }
  }
}

function installedEntry(record: DatasetRecord): InstalledEntry {
  return { state: 'installed', ...record, bytes: installedBytes(record) }
}

async function refuseOtherContent(directory: string, dataset: HashedDataset): Promise<void> {
  const stored = await findStored(directory, dataset.id)
  if (stored?.state !== 'installed' || stored.hash === dataset.hash) return
  const found = `A dataset with other content is installed as ${dataset.id} already (${stored.name})`
  throw new Failure('conflict', `${found}. Choose another id, or remove that dataset first.`)
}
