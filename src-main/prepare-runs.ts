// Checks what someone wants to train against the data and the network, before there is a run: what the trainer process
// would refuse is refused here, for a whole list at once.
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { completeExperiment, type Experiment, type NewExperiment } from '#shared/experiment.ts'
import { requireChangeable } from '#shared/image-form.ts'
import { Failure } from '#shared/failure.ts'
import type { DatasetLibrary } from './datasets/dataset-library.ts'
import type { DescribeDataset, FullDescription } from './datasets/describe-dataset.ts'
import { buildMarkResolver, type MarkStore, nameMarks, type ResolveMarks } from './resolve-marks.ts'
import type { NewRun } from './store/runs.ts'

/** What someone asks for when they start a run. */
export interface RunRequest {
  /** Settings that are left out take their defaults; the dataset is the one of the request. */
  readonly settings: Omit<NewExperiment, 'dataset'>
  /** Id of a dataset of the library; null for the best one that is there. */
  readonly dataset: string | null
  /** A folder to use in place instead. */
  readonly directory: string | null
  /** Null for one made of the settings. */
  readonly name: string | null
  readonly tags?: readonly string[]
}

/** @throws Failure for the first request that cannot be trained; then none is prepared */
export async function prepareRuns(
  library: DatasetLibrary,
  describe: DescribeDataset,
  store: MarkStore,
  requests: readonly RunRequest[],
): Promise<readonly NewRun[]> {
  const descriptions = new Map<string, Promise<FullDescription>>()
  const describeOnce = (dataset: string | null, directory: string | null): Promise<FullDescription> => {
    const key = JSON.stringify([dataset, directory])
    const known = descriptions.get(key) ?? describeRequested(library, describe, dataset, directory)
    descriptions.set(key, known)
    return known
  }
  const resolveMarks = buildMarkResolver(store)
  const runs: NewRun[] = []
  for (const request of requests) {
    runs.push(await prepareRun(request, await describeOnce(request.dataset, request.directory), resolveMarks))
  }
  return runs
}

async function describeRequested(
  library: DatasetLibrary,
  describe: DescribeDataset,
  dataset: string | null,
  directory: string | null,
): Promise<FullDescription> {
  return describe({ id: dataset ?? (directory === null ? await library.best() : ''), directory })
}

async function prepareRun(
  request: RunRequest,
  dataset: FullDescription,
  resolveMarks: ResolveMarks,
): Promise<NewRun> {
  const { id, name, hash, generated, classNames, trainCount } = dataset
  const asked = completeExperiment({ ...request.settings, dataset: id }, trainCount)
  const markSet = await resolveMarks(asked, dataset)
  const experiment = nameMarks(asked, markSet)
  requireEnoughImages(experiment, trainCount)
  requireChangeable(experiment, dataset)
  return {
    name: request.name ?? nameRun(experiment, dataset),
    experiment,
    dataset: { id, name, hash, generated, directory: request.directory, classNames: [...classNames] },
    parameters: buildNetwork(experiment.model, taskFor(dataset, classNames.length)).parameterCount,
    notes: '',
    tags: request.tags ?? [],
    markSet,
  }
}

function requireEnoughImages({ trainImages, validationImages }: Experiment, trainCount: number): void {
  if (trainCount - validationImages >= (trainImages ?? 1)) return
  throw new Failure(
    'invalid-setting',
    `The dataset has ${trainCount} training images: it cannot hold out ${validationImages} of them ` +
      `(validationImages) and train on ${trainImages ?? 'at least 1'} (trainImages).`,
  )
}

/** Such as 'tiny-vgg, sgd 0.1, Fashion-MNIST'. */
function nameRun({ model, optimizer, learningRate }: Experiment, dataset: FullDescription): string {
  return `${model.name}, ${optimizer.name} ${learningRate}, ${dataset.name}`
}
