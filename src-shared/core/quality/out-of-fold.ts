// Probabilities for every image from networks that did not learn from it. The training images are dealt into k folds, the
// same share of every class into each; k networks are trained, each without one fold, and answer for that fold. No network
// sees a test image, so all of them answer for the test images, and the mean of their answers counts. Of every network the
// answers after each of its last epochs are averaged, as in a snapshot ensemble (Huang et al. 2017): a single state is surer
// of its mistakes than it should be.
import type { Experiment } from '../../experiment.ts'
import { Failure } from '../../failure.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { type Network } from '../models/network.ts'
import { Random } from '../random.ts'
import { type Selection, selectAll } from '../training/batches.ts'
import { predictWith } from '../training/predict-probabilities.ts'
import { train, type TrainingControl } from '../training/train.ts'
import type { TrainingState } from '../training/training-state.ts'

/** How many of a network's last epochs answer. */
const SNAPSHOTS = 3

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

/**
 * Training images first, then test images, as everywhere. [images, classes]
 * @throws Failure 'invalid-setting' for fewer training images than folds
 */
export async function predictOutOfFold(task: OutOfFoldTask): Promise<Float32Array> {
  const { dataset, network, folds, control } = task
  const { classes } = network.task
  const { train: source, test } = dataset
  if (source.count < folds)
    throw new Failure(
      'invalid-setting',
      `Judging labels by networks of its own needs at least ${folds} training images and found ${source.count}. ` +
        'Add images, or let a run judge.',
    )
  const places = dealFolds(source.labels, classes, folds, task.experiment.seed)
  const probabilities = new Float32Array((source.count + test.count) * classes)
  const breathe = (): Promise<void> => control.breathe()
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = selectWhere(source, places, (place) => place === fold)
    const others = selectWhere(source, places, (place) => place !== fold)
    const states = await trainWithout(task, others, heldOut, fold)
    for (const state of states) {
      const own = await predictWith(network, state, heldOut, breathe)
      heldOut.indices.forEach((image, row) => {
        const answer = own.subarray(row * classes, (row + 1) * classes)
        addShare(probabilities, image * classes, answer, 1 / states.length)
      })
      const answers = await predictWith(network, state, selectAll(test), breathe)
      addShare(probabilities, source.count * classes, answers, 1 / (states.length * folds))
    }
  }
  return probabilities
}

/**
 * The fold of every image, 0 .. folds - 1: within each class the images are put in a random order and dealt in turn, so
 * that folds differ by at most one image of each class. None is empty unless there are fewer images than folds.
 */
export function dealFolds(labels: Uint8Array, classes: number, folds: number, seed: number): Uint8Array {
  const random = new Random(seed)
  const order = Uint32Array.from(labels.keys())
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  const classNumbers = Array.from({ length: classes }, (_, label) => label)
  const places = dealInTurn(order, labels, classNumbers, folds) // classes begin with different folds
  if (new Set(places).size === folds) return places
  // Of a few images some fold got none: each class goes on where the one before has ended.
  const countBefore = (label: number): number => labels.filter((other) => other < label).length
  return dealInTurn(order, labels, classNumbers.map(countBefore), folds)
}

/** @param starts the fold, modulo `folds`, of the first image of each class */
function dealInTurn(
  order: Uint32Array,
  labels: Uint8Array,
  starts: readonly number[],
  folds: number,
): Uint8Array {
  const places = new Uint8Array(labels.length)
  const dealt = [...starts]
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

function addShare(sums: Float32Array, from: number, values: Float32Array, share: number): void {
  values.forEach((value, at) => {
    sums[from + at] = (sums[from + at] ?? 0) + value * share
  })
}

/** The states after the last epochs. What the loop itself measures at its end are the images held out. */
async function trainWithout(
  { experiment, network, folds, control, onProgress }: OutOfFoldTask,
  selection: Selection,
  heldOut: Selection,
  fold: number,
): Promise<readonly TrainingState[]> {
  const task = {
    experiment,
    network,
    train: selection,
    validation: null,
    test: heldOut,
    resumeFrom: null,
    control,
  }
  const states: TrainingState[] = []
  for await (const event of train(task)) {
    if (event.type === 'batch-completed') {
      const { epoch, batch, batches } = event.progress
      const share = (epoch - 1 + batch / batches) / experiment.epochs
      onProgress((fold + share) / folds, fold + 1)
    }
    if (event.type === 'epoch-completed') states.push(event.state)
    if (states.length > SNAPSHOTS) states.shift()
  }
  return states
}
