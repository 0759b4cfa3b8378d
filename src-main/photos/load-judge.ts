// A run made ready to judge, inside the classifier process: its weights on the engine, and its judge, which is fitted to
// the run's own data the first time and then kept as a file beside the weights.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  disposeParameters,
  type LiveParameters,
  loadParameters,
} from '#shared/core/models/live-parameters.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork, type Network } from '#shared/core/models/network.ts'
import { fitJudge } from '#shared/core/photo/judge/fit-judge.ts'
import { decodeJudge, encodeJudge } from '#shared/core/photo/judge/judge-file.ts'
import type { Judge } from '#shared/core/photo/judge/judge.ts'
import { chooseViews } from '#shared/core/photo/judge/views.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { Failure } from '#shared/failure.ts'
import { requirePhotoForm } from '#shared/image-form.ts'
import type { HashedDataset } from '../datasets/content-hash.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { errorCode } from '../files/disk-failure.ts'
import { readCheckpoint } from '../training/checkpoint-file.ts'
import type { JudgeSource } from './classifier-messages.ts'

export interface LoadedJudge {
  readonly judge: Judge
  readonly network: Network
  readonly parameters: LiveParameters
  readonly views: ReturnType<typeof chooseViews>
}

/** Reads the run's dataset, which must still be the one that it was trained on. */
export type LoadDataset = (source: JudgeSource) => Promise<HashedDataset>

/** @throws Failure where weights or, for the first time, the data are not here any more */
export async function loadJudge(source: JudgeSource, loadDataset: LoadDataset): Promise<LoadedJudge> {
  const { experiment, runFolder, checkpoint } = source
  const file = join(runFolder, `judge-${checkpoint.sha256.slice(0, 16)}.safetensors`)
  const state = await readCheckpoint(runFolder, checkpoint)
  const parameters = loadParameters(state.parameters)
  try {
    const known = await readKnown(file)
    const judge = known ?? (await fit(source, loadDataset, parameters, file))
    const network = buildNetwork(experiment.model, taskFor({ ...judge, channels: 1 }, judge.classes))
    return { judge, network, parameters, views: chooseViews(experiment) }
  } catch (error) {
    disposeParameters(parameters)
    throw error
  }
}

async function readKnown(file: string): Promise<Judge | null> {
  try {
    return decodeJudge(new Uint8Array(await readFile(file)), file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    if (!(error instanceof Failure)) throw error
    await rm(file, { force: true }) // of another version, or damaged: it is made again
    return null
  }
}

async function fit(
  source: JudgeSource,
  loadDataset: LoadDataset,
  parameters: LiveParameters,
  file: string,
): Promise<Judge> {
  const { experiment, classNames } = source
  const dataset = await loadDataset(source)
  requirePhotoForm(source.runId, dataset)
  const network = buildNetwork(experiment.model, taskFor(dataset, classNames.length))
  const { train, validation } = selectSplits(dataset, experiment, source.marks)
  const breathe = (): Promise<void> => Promise.resolve()
  const judge = await fitJudge({ experiment, network, parameters, train, validation, breathe })
  await writeFileAtomically(file, encodeJudge(judge))
  return judge
}
