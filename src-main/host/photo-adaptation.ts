// Adapts a run to the labelled photos of batches: a new run, lined up like any other.
import type { AdaptationOutlook, PhotoSet } from '#shared/adaptation.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import { collectPhotoSet } from '../photos/collect-photo-set.ts'
import { prepareAdaptation } from '../prepare-adaptation.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { Host } from './host.ts'

/**
 * @returns the id of the new run
 * @throws Failure for a parent without weights, and for photos that it cannot learn from
 */
export async function adaptToPhotos(
  { backend: { store }, queue }: Pick<Host, 'backend' | 'queue'>,
  parentId: string,
  batchIds: readonly string[],
): Promise<string> {
  const { parent, photos } = await collect(store, parentId, batchIds)
  const run = await prepareAdaptation(store, { parent, photos, name: null })
  const [runId = ''] = await queue.add([run], 'auto')
  return runId
}

/** @throws Failure 'not-found' for a run or a batch that is not here */
export async function foreseeAdaptation(
  store: Store,
  parentId: string,
  batchIds: readonly string[],
): Promise<AdaptationOutlook> {
  const { parent, photos } = await collect(store, parentId, batchIds)
  const classes = parent.dataset.classNames.map((className, number) => ({
    className,
    count: photos.labels.filter((label) => label === number).length,
  }))
  return { count: photos.labels.length, classes, problem: await findProblem(store, parent, photos) }
}

type Store = Host['backend']['store']

async function collect(
  store: Store,
  parentId: string,
  batchIds: readonly string[],
): Promise<{ readonly parent: Run; readonly photos: PhotoSet }> {
  const parent = await store.findRun(parentId)
  for (const batchId of batchIds) await store.photos.readBatch(batchId)
  const batches = batchIds.map((batchId) => store.photos.each(batchId))
  return { parent, photos: await collectPhotoSet(batches, parent.dataset.classNames) }
}

async function findProblem(store: StoreReader, parent: Run, photos: PhotoSet): Promise<string | null> {
  try {
    await prepareAdaptation(store, { parent, photos, name: null })
    return null
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}
