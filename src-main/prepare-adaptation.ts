// Checks what someone wants to adapt a run with, before there is a run: see core/photo/adaptation for what it does.
import { adaptExperiment } from '#shared/core/photo/adaptation/adaptation-experiment.ts'
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import type { PhotoSet } from '#shared/adaptation.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import { OTHER_FORM, takesPhotos } from './photos/photo-form.ts'
import { namePhotoSet } from './store/adaptations.ts'
import type { StoreReader } from './store/open-store.ts'
import type { NewRun } from './store/runs.ts'

/** Fewer cannot be kept aside and learned from at once. */
const FEWEST_PHOTOS = 4
const MOST_PHOTOS = 20_000

export interface AdaptationRequest {
  /** Whose weights the new run begins with. */
  readonly parent: Run
  readonly photos: PhotoSet
  /** Null for one made of the parent's. */
  readonly name: string | null
}

/**
 * The new run, to be lined up like any other; its photos are kept with it.
 * @throws Failure 'conflict' for a parent without weights or for images of another form, 'invalid-setting' for photos that
 *   it cannot learn from
 */
export async function prepareAdaptation(
  store: StoreReader,
  { parent, photos, name }: AdaptationRequest,
): Promise<NewRun> {
  requireLearnable(parent, photos)
  const checkpoints = await store.listCheckpoints(parent.id)
  const parentEpoch = Math.max(0, ...checkpoints.map(({ epoch }) => epoch))
  if (parent.status !== 'completed' || parentEpoch === 0)
    throw new Failure(
      'conflict',
      `Run ${parent.id} is ${parent.status}: only a completed run can be adapted.`,
    )
  if (!takesPhotos(parent.experiment.model, parent.dataset.classNames.length, parent.parameters))
    throw new Failure('conflict', `Run ${parent.id} cannot be adapted to photos. ${OTHER_FORM}`)
  const photoSet = namePhotoSet(photos)
  const photoCount = photos.labels.length
  const adaptation = { parentRunId: parent.id, parentEpoch, photos: photoSet.hash, photoCount }
  const trainCount = parent.epochs.at(-1)?.train.count ?? 0
  return {
    name: name ?? `${parent.name}, adapted to ${photoCount} photos`.slice(0, 200),
    experiment: adaptExperiment(
      parent.experiment,
      adaptation,
      trainCount + parent.experiment.validationImages,
    ),
    dataset: parent.dataset,
    parameters: parent.parameters,
    notes: '',
    tags: ['adapted'],
    photoSet,
  }
}

function requireLearnable({ dataset }: Run, { inputs, labels }: PhotoSet): void {
  const classes = dataset.classNames.length
  if (labels.length < FEWEST_PHOTOS || labels.length > MOST_PHOTOS) {
    throw new Failure(
      'invalid-setting',
      `A run is adapted with ${FEWEST_PHOTOS} to ${MOST_PHOTOS} labelled photos, found ${labels.length}. ` +
        'Label more photos with classes of the run.',
    )
  }
  if (inputs.length !== labels.length * INPUT_SIDE * INPUT_SIDE)
    throw new RangeError(`${labels.length} photos have ${labels.length * 784} bytes, found ${inputs.length}`)
  const strange = labels.find((label) => label >= classes)
  if (strange !== undefined) {
    throw new Failure('invalid-setting', `Class ${strange} is not one of the ${classes} classes of this run.`)
  }
}
