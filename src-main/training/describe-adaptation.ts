// What the trainer process of an adaptation is told: its photos, and where the weights lie that it begins with.
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { Home } from '../home.ts'
import type { Store } from '../store/open-store.ts'
import type { AdaptationJob } from './messages.ts'

/**
 * Null for a run that is no adaptation.
 * @param hasCheckpoint whether the run has weights of its own: then the parent is not needed any more
 * @throws Failure 'not-found' when the parent's weights are gone
 */
export async function describeAdaptation(
  store: Store,
  home: Home,
  { id, experiment: { adaptation } }: Run,
  hasCheckpoint: boolean,
): Promise<AdaptationJob | null> {
  if (adaptation === null) return null
  const photos = await store.findPhotoSet(adaptation.photos)
  const isMeasured = (await store.readGain(id)) !== null
  if (hasCheckpoint) return { photos, parent: null, isMeasured }
  const parent = await store.findRun(adaptation.parentRunId)
  const checkpoints = await store.listCheckpoints(parent.id)
  const checkpoint = checkpoints.find(({ epoch }) => epoch === adaptation.parentEpoch)
  if (checkpoint === undefined) {
    throw new Failure(
      'not-found',
      `The weights of run ${parent.id} after epoch ${adaptation.parentEpoch} are gone. Adapt it again.`,
    )
  }
  const { augmentation } = parent.experiment
  return { photos, parent: { folder: home.runFolder(parent.id), checkpoint, augmentation }, isMeasured }
}
