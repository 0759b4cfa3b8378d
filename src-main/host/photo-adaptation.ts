// Adapts a run to the labelled photos of batches: a new run, lined up like any other.
import { collectPhotoSet } from '../photos/collect-photo-set.ts'
import { prepareAdaptation } from '../prepare-adaptation.ts'
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
  const parent = await store.findRun(parentId)
  for (const batchId of batchIds) await store.photos.readBatch(batchId)
  const batches = batchIds.map((batchId) => store.photos.each(batchId))
  const photos = await collectPhotoSet(batches, parent.dataset.classNames)
  const run = await prepareAdaptation(store, { parent, photos, name: null })
  const [runId = ''] = await queue.add([run], 'auto')
  return runId
}
