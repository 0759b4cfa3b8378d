// Reads what an export needs of a run: its newest weights, checked, and its network.
import { taskFor, type NetworkTask } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { DescribeDataset } from '../datasets/describe-dataset.ts'
import type { Home } from '../home.ts'
import type { StoreReader } from '../store/open-store.ts'
import { readCheckpoint } from '../training/checkpoint-file.ts'
import type { ExportedModel } from './exported-model.ts'

export interface ModelSource {
  readonly store: StoreReader
  readonly home: Home
  readonly describe: DescribeDataset
  /** Of Atelier. */
  readonly version: string
}

/** Fashion-MNIST's, and that of every dataset made like it. */
const USUAL_SIDE = 28

/** @throws Failure 'not-found' for a run without weights, 'invalid-file' for a damaged checkpoint */
export async function openModel(
  { store, home, describe, version }: ModelSource,
  runId: string,
): Promise<ExportedModel> {
  const run = await store.findRun(runId)
  const newest = (await store.listCheckpoints(run.id)).at(-1)
  if (newest === undefined) {
    throw new Failure(
      'not-found',
      `Run ${run.id} has no weights yet: it has finished no epoch. Train it, then export it.`,
    )
  }
  const { parameters } = await readCheckpoint(home.runFolder(run.id), newest)
  const network = buildNetwork(run.experiment.model, await describeTask(run, describe))
  return { run, network, parameters, epoch: newest.epoch, version }
}

/** The dataset may be gone; the weights are then checked against images of the usual size. */
async function describeTask({ dataset }: Run, describe: DescribeDataset): Promise<NetworkTask> {
  const size = await describe(dataset).catch((error: unknown) => {
    if (error instanceof Failure) return { height: USUAL_SIDE, width: USUAL_SIDE, channels: 1 }
    throw error
  })
  return taskFor(size, dataset.classNames.length)
}
