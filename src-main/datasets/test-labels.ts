// The true classes of a run's test images, without which its answers are neither right nor wrong. They follow from the
// content's hash, so that they are read once.
import { Failure } from '#shared/failure.ts'
import type { RunDataset } from '#shared/run.ts'
import type { DatasetLibrary } from './dataset-library.ts'

/** Null where the content that the run saw is not on this machine any more. */
export type ReadTestLabels = (dataset: RunDataset) => Promise<Uint8Array | null>

/** Remembers what was found; what was not there is looked for again. */
export function buildTestLabelReader(load: ReadTestLabels): ReadTestLabels {
  const known = new Map<string, Promise<Uint8Array | null>>()
  return async (dataset) => {
    const labels = known.get(dataset.hash) ?? load(dataset)
    known.set(dataset.hash, labels)
    const found = await labels.catch(() => null)
    if (found === null) known.delete(dataset.hash)
    return labels
  }
}

/** Reads the whole dataset in this process, which may take a second. */
export async function loadTestLabels(
  library: Pick<DatasetLibrary, 'load' | 'loadFolder'>,
  { id, directory, hash }: RunDataset,
): Promise<Uint8Array | null> {
  try {
    const dataset = await (directory === null ? library.load(id) : library.loadFolder(directory))
    return dataset.hash === hash ? dataset.test.labels : null
  } catch (error) {
    if (error instanceof Failure) return null // it is gone or damaged, which is no reason not to show the rest
    throw error
  }
}
