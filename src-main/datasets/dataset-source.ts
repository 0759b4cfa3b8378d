// Where a run's images come from: a dataset of the library, or a folder that is used in place.
import type { Channels } from '#shared/core/datasets/dataset.ts'
import { Failure } from '#shared/failure.ts'
import type { HashedDataset } from './content-hash.ts'
import type { DatasetLibrary } from './dataset-library.ts'

export interface DatasetSource {
  readonly id: string
  /** A folder that is used in place, or null for a dataset of the library. */
  readonly directory: string | null
}

/** What is known of a dataset without its images. */
export interface DatasetDescription {
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly generated: boolean
  readonly classNames: readonly string[]
  readonly height: number
  readonly width: number
  readonly channels: Channels
  readonly trainCount: number
}

/** @throws Failure when it is not there or not readable */
export function loadSource(
  library: DatasetLibrary,
  { id, directory }: DatasetSource,
): Promise<HashedDataset> {
  return directory === null ? library.load(id) : library.loadFolder(directory)
}

/** Loads what a run was started with; its content must still be the same. */
export async function loadSameSource(
  library: DatasetLibrary,
  source: DatasetSource,
  hash: string,
): Promise<HashedDataset> {
  const dataset = await loadSource(library, source)
  if (dataset.hash === hash) return dataset
  throw new Failure(
    'conflict',
    `The dataset ${source.directory ?? source.id} is not what this run was started with: its content hash is ` +
      `${dataset.hash.slice(0, 12)}, expected ${hash.slice(0, 12)}. Bring the old data back, or start a new run.`,
  )
}

/** Reads from the library's list what it can, and loads the dataset where it must. */
export async function describeSource(
  library: DatasetLibrary,
  source: DatasetSource,
): Promise<DatasetDescription> {
  const entries = source.directory === null ? await library.list() : []
  const entry = entries.find(({ id }) => id === source.id)
  if (entry?.state === 'installed') return { ...entry, generated: false }
  const { train, ...dataset } = await loadSource(library, source)
  return { ...dataset, trainCount: train.count }
}
