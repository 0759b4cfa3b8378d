// What an inspection is to do, put together from the history: which data, which file, and who judges the labels.
import { Failure } from '#shared/failure.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import type { Home } from '../home.ts'
import { findMarksOf } from '../resolve-marks.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { InspectionJob } from './inspection-messages.ts'
import { reportFileOf } from './report-file.ts'

interface Surroundings {
  readonly store: Pick<StoreReader, 'findRun' | 'listCheckpoints' | 'findMarkSet'>
  readonly home: Pick<Home, 'datasets' | 'quality' | 'runFolder'>
}

interface Wishes {
  /** The run that judges the labels; null to judge out of fold. */
  readonly runId: string | null
  readonly again: boolean
}

/** @throws Failure 'not-found', or 'conflict' when the run is not completed or is of other images */
export async function buildInspectionJob(
  { store, home }: Surroundings,
  dataset: Pick<FullDescription, 'id' | 'hash' | 'name'>,
  { directory }: { readonly directory: string | null },
  { runId, again }: Wishes,
): Promise<InspectionJob> {
  return {
    dataset: { id: dataset.id, directory, hash: dataset.hash },
    datasetsFolder: home.datasets,
    reportFile: reportFileOf(home.quality, dataset.id),
    judge: runId === null ? { type: 'folds' } : await findJudge({ store, home }, dataset, runId),
    engine: 'auto',
    again,
  }
}

async function findJudge(
  { store, home }: Surroundings,
  dataset: Pick<FullDescription, 'hash' | 'name'>,
  wanted: string,
): Promise<InspectionJob['judge']> {
  const run = await store.findRun(wanted)
  const { id, name, experiment } = run
  if (run.dataset.hash !== dataset.hash) {
    throw new Failure(
      'conflict',
      `Run ${id} was trained on other images than ${dataset.name}. Choose another.`,
    )
  }
  const checkpoints = await store.listCheckpoints(id)
  const checkpoint = checkpoints.toSorted((a, b) => b.epoch - a.epoch)[0]
  if (run.status !== 'completed' || checkpoint === undefined) {
    throw new Failure('conflict', `Run ${id} is ${run.status}: only a completed run can judge labels.`)
  }
  const marks = await findMarksOf(store, run)
  return { type: 'run', runId: id, name, experiment, marks, runFolder: home.runFolder(id), checkpoint }
}
