// Which runs can judge photos, and what the classifier has to know of each.
import { Failure } from '#shared/failure.ts'
import type { JudgingRun } from '#shared/photo-batch.ts'
import { type CheckpointRecord, exactAccuracy, type Run } from '#shared/run.ts'
import type { Home } from '../home.ts'
import { findMarksOf } from '../resolve-marks.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { JudgeSource } from './classifier-messages.ts'

export type JudgeStore = Pick<StoreReader, 'findRun' | 'listCheckpoints' | 'findMarkSet'>

/** A run with its weights. @throws Failure 'not-found' for no such run, 'conflict' where it has no weights */
export async function findJudge(store: JudgeStore, home: Home, runId: string): Promise<JudgeSource> {
  const run = await store.findRun(runId)
  const checkpoint = newest(await store.listCheckpoints(run.id))
  if (checkpoint === null) {
    throw new Failure(
      'conflict',
      `Run ${run.id} (${run.name}) has no weights: no epoch of it is finished. Train it first.`,
    )
  }
  const { id, directory, hash, classNames } = run.dataset
  return {
    ...{ runId: run.id, experiment: run.experiment, classNames, checkpoint },
    dataset: { id, directory, hash },
    marks: await findMarksOf(store, run),
    datasetsFolder: home.datasets,
    runFolder: home.runFolder(run.id),
  }
}

export function describeJudgingRun({ id, name, dataset, evaluation }: Run): JudgingRun {
  const isTest = evaluation?.split === 'test' && evaluation.metrics.count > 0
  const testAccuracy = isTest ? exactAccuracy(evaluation.metrics) : null
  return { runId: id, name, classNames: dataset.classNames, testAccuracy }
}

function newest(checkpoints: readonly CheckpointRecord[]): CheckpointRecord | null {
  return checkpoints.reduce<CheckpointRecord | null>(
    (latest, one) => (latest === null || one.epoch > latest.epoch ? one : latest),
    null,
  )
}
