// What an adaptation gains, measured honestly: the photos are dealt into folds, and each fold is judged by a copy that was
// adapted with the others. The run itself is adapted with all of them, so it should do at least as well on new ones.
import type { AdaptationGain, PhotoSet } from '../../../adaptation.ts'
import type { Experiment } from '../../../experiment.ts'
import type { ParameterValues } from '../../models/initial-parameters.ts'
import { disposeParameters, loadParameters } from '../../models/live-parameters.ts'
import type { Network } from '../../models/network.ts'
import { Random } from '../../random.ts'
import type { Selection } from '../../training/batches.ts'
import { train } from '../../training/train.ts'
import { answerInputs, chooseViews } from '../judge/views.ts'
import { choosePhotos, mixPhotos } from './mix-photos.ts'

const FOLDS = 3

export interface AdaptationTask {
  /** Of the adaptation: see adaptExperiment. */
  readonly experiment: Experiment
  readonly network: Network
  /** The parent's weights. */
  readonly startFrom: readonly ParameterValues[]
  /** How the parent was trained, which decides how it is asked. */
  readonly parentAugmentation: Experiment['augmentation']
  /** Training images that are shown beside the photos. */
  readonly remembered: Selection
  readonly photos: PhotoSet
  readonly classNames: readonly string[]
  readonly breathe: () => Promise<void>
}

export async function measureGain(task: AdaptationTask): Promise<AdaptationGain> {
  const { photos, experiment } = task
  const folds = dealFolds(photos.labels, Math.min(FOLDS, photos.labels.length), experiment.seed)
  const before = await countRight(task, task.startFrom, task.parentAugmentation, photos)
  let after = 0
  const count = Math.max(...folds) + 1
  for (let fold = 0; fold < count; fold++) {
    const adapted = await adaptCopy(
      task,
      choosePhotos(photos, (photo) => folds[photo] !== fold),
    )
    const aside = choosePhotos(photos, (photo) => folds[photo] === fold)
    after += await countRight(task, adapted, experiment.augmentation, aside)
  }
  return { folds: count, count: photos.labels.length, before, after }
}

/** The weights of a copy that is adapted with these photos. */
export async function adaptCopy(task: AdaptationTask, photos: PhotoSet): Promise<readonly ParameterValues[]> {
  const { experiment, network, startFrom, remembered, classNames, breathe } = task
  let adapted = startFrom
  const training = train({
    experiment,
    network,
    train: mixPhotos(remembered, photos),
    validation: null,
    test: { ...remembered, indices: remembered.indices.subarray(0, 1) },
    classNames,
    startFrom,
    resumeFrom: null,
    control: { breathe, elapsedMs: () => 0 },
  })
  for await (const event of training) if (event.type === 'epoch-completed') adapted = event.state.parameters
  return adapted
}

/** How many photos these weights have right, asked as photos are. */
export async function countRight(
  { network, breathe }: Pick<AdaptationTask, 'network' | 'breathe'>,
  weights: readonly ParameterValues[],
  augmentation: Experiment['augmentation'],
  { inputs, labels }: PhotoSet,
): Promise<number> {
  const parameters = loadParameters(weights)
  try {
    const views = chooseViews({ augmentation })
    const logits = await answerInputs({ network, parameters, views, inputs, breathe })
    const { classes } = network.task
    return labels.filter((label, photo) => {
      const own = logits.subarray(photo * classes, (photo + 1) * classes)
      return own.indexOf(Math.max(...own)) === label
    }).length
  } finally {
    disposeParameters(parameters)
  }
}

/** The number of the fold of each photo: classes are spread over the folds, the seed decides which photo goes where. */
export function dealFolds(labels: Uint8Array, folds: number, seed: number): Uint8Array {
  const random = new Random(seed)
  const keys = Array.from(labels, (label, photo) => ({ label, photo, chance: random.nextUint32() }))
  keys.sort((a, b) => a.label - b.label || a.chance - b.chance)
  const dealt = new Uint8Array(labels.length)
  keys.forEach(({ photo }, place) => {
    dealt[photo] = place % folds
  })
  return dealt
}
