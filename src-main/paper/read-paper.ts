// The state of the paper's plan over a history: found anew each time it is asked for, so that any run of the history
// answers, wherever it was started.
import { FASHION_MNIST } from '../datasets/known-datasets.ts'
import type { DescribeDataset, FullDescription } from '../datasets/describe-dataset.ts'
import { findEvidence, type PaperEvidence, type StoredTraining } from '#shared/paper/evidence.ts'
import { Failure } from '#shared/failure.ts'
import {
  PAPER_DATASET,
  PAPER_TIME_TAG,
  type PaperRequest,
  type PaperState,
  type PaperTiming,
  scopeOf,
} from '#shared/paper/paper-state.ts'
import { FIRST_SEED, MOST_SEEDS, QUICK_TRAIN_IMAGES } from '#shared/paper/plan.ts'
import { chooseTables, rowsOf } from '#shared/paper/tables.ts'
import { findMissing } from '#shared/paper/trainings.ts'
import type { StoreReader } from '../store/open-store.ts'

export interface PaperSources {
  readonly store: Pick<StoreReader, 'listTrainings'>
  readonly describeDataset: DescribeDataset
}

/** Seeds that the plan may ever ask for. */
const SEEDS = Array.from({ length: MOST_SEEDS }, (_, index) => FIRST_SEED + index)

/** @throws Failure when the dataset is not there or not readable */
export async function readPaper(
  { store, describeDataset }: PaperSources,
  request: PaperRequest,
): Promise<PaperState> {
  const dataset = await describePaperDataset(describeDataset, request)
  const scope = { ...scopeOf(request), dataset: dataset.id }
  const rows = rowsOf(chooseTables(request.tables))
  const counts = { short: request.seeds, long: request.longSeeds }
  const runs = await store.listTrainings(dataset.hash, SEEDS, scope.trainImages)
  const evidence = findEvidence(rows, scope, runs, SEEDS)
  const { id, name, hash, trainCount, testCount } = dataset
  return {
    dataset: { id, name, hash, trainCount, testCount },
    reservation: describeReservation(request, dataset),
    evidence: [...evidence],
    timings: findTimings(findEvidence(rows, scope, runs.filter(isTimed), SEEDS)),
    missing: [...findMissing(rows, scope, counts, evidence, runs)],
  }
}

/** @throws Failure that says how to get the dataset of the paper, or what can stand in for it */
async function describePaperDataset(
  describeDataset: DescribeDataset,
  { dataset: id, directory }: PaperRequest,
): Promise<FullDescription> {
  try {
    return await describeDataset({ id, directory })
  } catch (error) {
    if (id !== PAPER_DATASET || directory !== null || !isNotFound(error)) throw error
    throw new Failure(
      'not-found',
      'The paper is about Fashion-MNIST, which is not on this machine. Get it with "atelier data download ' +
        'fashion-mnist" or "atelier data add DIR". With "--dataset sketches" the rows are trained on generated ' +
        'pictures instead, and are not compared.',
    )
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Failure && error.code === 'not-found'
}

function isTimed({ tags, status }: StoredTraining): boolean {
  return tags.includes(PAPER_TIME_TAG) && status === 'completed'
}

/** One for each row, of its first seed. */
function findTimings(evidence: readonly PaperEvidence[]): PaperTiming[] {
  const byRow = new Map(evidence.toReversed().map((one) => [one.rowId, one]))
  return [...byRow.values()].map(({ rowId, runId, metrics }) => ({
    ...{ rowId, runId },
    seconds: metrics.elapsedMs / 1000,
  }))
}

function describeReservation({ quick }: PaperRequest, { hash, name }: FullDescription): string | null {
  const parts = [
    ...(hash === FASHION_MNIST.hash ? [] : [`Trained on ${name}, not on Fashion-MNIST.`]),
    ...(quick ? [`A quick version with ${QUICK_TRAIN_IMAGES} training images, not all.`] : []),
  ]
  return parts.length === 0 ? null : `${parts.join(' ')} Not the paper’s figures.`
}
