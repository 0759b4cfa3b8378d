// Probabilities for every image from networks that did not learn from it. The training images are dealt into k folds, the
// same share of every class into each; k networks are trained, each without one fold, and answer for that fold. No network
// sees a test image, so all of them answer for the test images, and the mean of their answers counts.
import type { Experiment } from '../../experiment.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { type Network } from '../models/network.ts'
import { Random } from '../random.ts'
import { type Selection, selectAll } from '../training/batches.ts'
import { predictWith } from '../training/predict-probabilities.ts'
import { train, type TrainingControl } from '../training/train.ts'
import type { TrainingState } from '../training/training-state.ts'

export interface OutOfFoldTask {
  readonly dataset: Pick<Dataset, 'train' | 'test' | 'classNames'>
  /** How each of the networks is trained. */
  readonly experiment: Experiment
  readonly network: Network
  readonly folds: number
  readonly control: TrainingControl
  /** Told how far the whole is, 0..1, and which fold is being worked on, from 1. */
  readonly onProgress: (share: number, fold: number) => void
}

/** Training images first, then test images, as everywhere. [images, classes] */
export async function predictOutOfFold(task: OutOfFoldTask): Promise<Float32Array> {
  const { dataset, network, folds, control } = task
  const { classes } = network.task
  const { train: source, test } = dataset
  const places = dealFolds(source.labels, classes, folds, task.experiment.seed)
  const probabilities = new Float32Array((source.count + test.count) * classes)
  const breathe = (): Promise<void> => control.breathe()
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = selectWhere(source, places, (place) => place === fold)
    const state = await trainWithout(
      task,
      selectWhere(source, places, (place) => place !== fold),
      heldOut,
      fold,
    )
    const own = await predictWith(network, state, heldOut, breathe)
    heldOut.indices.forEach((image, row) => {
      probabilities.set(own.subarray(row * classes, (row + 1) * classes), image * classes)
    })
    const answers = await predictWith(network, state, selectAll(test), breathe)
    const from = source.count * classes
    answers.forEach((probability, at) => {
      probabilities[from + at] = (probabilities[from + at] ?? 0) + probability / folds
    })
  }
  return probabilities
}

/**
 * The fold of every image, 0 .. folds - 1: within each class the images are put in a random order and dealt in turn, so
 * that folds differ by at most one image of each class.
 */
export function dealFolds(labels: Uint8Array, classes: number, folds: number, seed: number): Uint8Array {
  const random = new Random(seed)
  const places = new Uint8Array(labels.length)
  const order = Uint32Array.from(labels.keys())
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  const dealt = Array.from({ length: classes }, (_, label) => label) // classes begin with different folds
  for (const image of order) {
    const label = labels[image] ?? 0
    places[image] = (dealt[label] ?? 0) % folds
    dealt[label] = (dealt[label] ?? 0) + 1
  }
  return places
}

function selectWhere(
  source: Selection['source'],
  places: Uint8Array,
  isIn: (place: number) => boolean,
): Selection {
  const indices = Uint32Array.from(places.keys()).filter((image) => isIn(places[image] ?? 0))
  return { source, indices }
}

/** What the loop measures at its end are the images held out. */
async function trainWithout(
  { experiment, network, folds, control, onProgress }: OutOfFoldTask,
  selection: Selection,
  heldOut: Selection,
  fold: number,
): Promise<TrainingState> {
  const task = {
    experiment,
    network,
    train: selection,
    validation: null,
    test: heldOut,
    resumeFrom: null,
    control,
  }
  let state: TrainingState | null = null
  for await (const event of train(task)) {
    if (event.type === 'batch-completed') {
      const { epoch, batch, batches } = event.progress
      const share = (epoch - 1 + batch / batches) / experiment.epochs
      onProgress((fold + share) / folds, fold + 1)
    }
    if (event.type === 'epoch-completed') ({ state } = event)
  }
  if (state === null) throw new RangeError('a network was to be trained for no epoch')
  return state
}
