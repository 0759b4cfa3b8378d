// Whether settings go together, as the host will ask again before a run is made: limits, network, number of images.
import { taskFor } from './core/models/layers.ts'
import { buildNetwork } from './core/models/network.ts'
import { completeExperiment, type Experiment } from './experiment.ts'
import { Failure } from './failure.ts'
import type { SweepDataset } from './field-texts.ts'
import { requireChangeable } from './image-form.ts'

/** Settings as they stand in an experiment, those with a default left out. */
export type Tree = Readonly<Record<string, unknown>>
/** @throws Failure that says what does not go together */
export type Check = (input: Tree) => Experiment

/** For many experiments on one dataset: a network that was already found good or bad is not built again. */
export function makeCheck(dataset: SweepDataset): Check {
  const task = taskFor(dataset, dataset.classes)
  const networks = new Map<string, Failure | null>()
  return (input) => {
    requireOneLayer(input['model'] as Tree | undefined)
    const experiment = completeExperiment({ ...input, dataset: dataset.id }, dataset.trainCount)
    const key = JSON.stringify(experiment.model)
    if (!networks.has(key))
      networks.set(
        key,
        findFault(() => buildNetwork(experiment.model, task)),
      )
    const fault = networks.get(key)
    if (fault) throw fault
    requireEnoughImages(experiment, dataset)
    requireChangeable(experiment, dataset)
    return experiment
  }
}

function findFault(build: () => unknown): Failure | null {
  try {
    build()
    return null
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

function requireOneLayer(model: Tree | undefined): void {
  const units = model?.['hiddenUnits']
  if (model?.['name'] !== 'linear' || !Array.isArray(units) || units.length === 1) return
  throw new Failure('invalid-setting', 'The linear model has one hidden layer; give it one size.')
}

function requireEnoughImages(
  { trainImages, validationImages }: Experiment,
  { trainCount }: SweepDataset,
): void {
  const wanted = trainImages ?? 1
  if (trainCount - validationImages >= wanted) return
  throw new Failure(
    'invalid-setting',
    `The dataset has ${trainCount} training images: it cannot hold out ${validationImages} and train on ` +
      `${trainImages ?? 'at least 1'}.`,
  )
}
