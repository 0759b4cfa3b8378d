// A dataset in the contract's words, whatever state it is in.
import type { DatasetSummary } from '#shared/contract.ts'
import type { PhotoOrigin } from '#shared/photo-dataset.ts'
import type { DatasetEntry } from '../datasets/dataset-entry.ts'
import type { DescribeDataset, FullDescription } from '../datasets/describe-dataset.ts'
import { KNOWN_DATASETS } from '../datasets/known-datasets.ts'

const UNKNOWN = {
  hash: null,
  directory: null,
  height: 0,
  width: 0,
  channels: 1,
  trainCount: 0,
  testCount: 0,
} as const

export async function summarizeEntry(
  entry: DatasetEntry,
  describe: DescribeDataset,
): Promise<DatasetSummary> {
  const { id, state } = entry
  switch (entry.state) {
    case 'installed': {
      const { bytes, source, photos } = entry
      const note = photos === null ? `Installed from ${source}.` : describePhotos(photos, source)
      return { state, ...describeContent(entry), directory: null, bytes, note }
    }
    case 'generated': {
      const description = await describe({ id, directory: null })
      const note = 'Drawn by Atelier; always here.'
      return { state, ...describeContent(description), directory: null, bytes: 0, note }
    }
    case 'available': {
      const { name, downloadBytes: bytes, source, licence, citation } = entry
      const note = `From ${source}; licence: ${licence}; ${citation}.`
      return { ...UNKNOWN, id, state, name, classNames: classNamesOf(id), bytes, note }
    }
    case 'damaged':
      return { ...UNKNOWN, id, state, name: id, classNames: [], bytes: 0, note: entry.reason }
    default:
      return entry satisfies never
  }
}

export function summarizeFolder(description: FullDescription, directory: string): DatasetSummary {
  const note = 'A folder that is used in place; nothing is installed.'
  return { state: 'folder', ...describeContent(description), directory, bytes: 0, note }
}

function describePhotos({ preparation, leftOut }: PhotoOrigin, source: string): string {
  const how =
    preparation === null
      ? 'the whole photo on white'
      : `cut out and prepared (version ${preparation.version})`
  const without = leftOut === 0 ? '' : `; ${leftOut} could not be used`
  return `Made of the photos in ${source}: ${how}${without}.`
}

function describeContent(content: Omit<FullDescription, 'generated'>) {
  const { id, name, hash, classNames, height, width, channels, trainCount, testCount } = content
  return { id, name, hash, classNames: [...classNames], height, width, channels, trainCount, testCount }
}

function classNamesOf(id: string): string[] {
  return [...(KNOWN_DATASETS.find((known) => known.id === id)?.classNames ?? [])]
}
