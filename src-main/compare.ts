// Runs side by side, from the history and the data: what the page, the terminal and reports compare with.
import { agreementByClass, countAgreement, listFlips, markRight } from '#shared/compare/answers.ts'
import { judge } from '#shared/compare/judge.ts'
import type { Subject } from '#shared/compare/subject.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { Contrast } from '#shared/contract/comparisons.ts'
import { Failure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { ReadTestLabels } from './datasets/test-labels.ts'
import type { StoreReader } from './store/open-store.ts'

export interface Comparing {
  readonly store: Pick<StoreReader, 'readRuns' | 'readAnswers' | 'readPredictions'>
  readonly readTestLabels: ReadTestLabels
}

/**
 * Verdicts on whole runs against one of them.
 * @throws Failure 'not-found' when the baseline is not among the runs
 */
export async function judgeRuns(
  { store, readTestLabels }: Comparing,
  runs: readonly Run[],
  baseline: string,
): Promise<Verdicts> {
  if (!runs.some(({ id }) => id === baseline)) throw noBaseline(baseline)
  const answers = await store.readAnswers(runs.map(({ id }) => id))
  const truths = new Map<string, Uint8Array | null>()
  for (const { dataset } of runs) {
    if (!truths.has(dataset.hash)) truths.set(dataset.hash, await readTestLabels(dataset))
  }
  const subjects = runs.map((run): Subject => {
    const test = run.evaluation?.split === 'test' ? run.evaluation.metrics : null
    const answered = answers.get(run.id)
    const truth = truths.get(run.dataset.hash)
    return {
      runId: run.id,
      experiment: run.experiment,
      datasetHash: run.dataset.hash,
      engine: run.engine?.name ?? null,
      test,
      right: test === null || answered === undefined || truth == null ? null : markRight(answered, truth),
    }
  })
  return judge(subjects, baseline)
}

/** @throws Failure 'conflict' that says why the images of the two cannot be paired */
export async function contrastRuns(
  { store, readTestLabels }: Comparing,
  [first, second]: readonly [Run, Run],
): Promise<Contrast> {
  if (first.dataset.hash !== second.dataset.hash) throw cannotPair(first, second, 'they saw different data')
  if (first.evaluation?.split !== 'test' || second.evaluation?.split !== 'test')
    throw cannotPair(first, second, 'both must have been evaluated on the test images')
  const truth = await readTestLabels(first.dataset)
  if (truth === null)
    throw cannotPair(first, second, `${first.dataset.name} must be on this machine to tell what is right`)
  const [one, other] = [await store.readPredictions(first.id), await store.readPredictions(second.id)]
  const marks = [markRight(one.labels, truth), markRight(other.labels, truth)] as const
  if (marks[0] === null || marks[1] === null)
    throw cannotPair(first, second, 'their answers are not of the same images')
  const flips = listFlips(marks[0], marks[1]).map((image) => ({
    image,
    truth: truth[image] ?? 0,
    firstAnswer: one.labels[image] ?? 0,
    secondAnswer: other.labels[image] ?? 0,
    firstProbability: one.probabilities[image] ?? 0,
    secondProbability: other.probabilities[image] ?? 0,
  }))
  const classes = agreementByClass(marks[0], marks[1], truth, first.dataset.classNames.length)
  return { all: countAgreement(marks[0], marks[1]), classes: [...classes], flips }
}

function noBaseline(baseline: string): Failure {
  return new Failure('not-found', `The baseline ${baseline} is not among the runs that are compared.`)
}

function cannotPair(first: Run, second: Run, why: string): Failure {
  return new Failure('conflict', `The images of ${first.name} and ${second.name} cannot be paired: ${why}.`)
}
