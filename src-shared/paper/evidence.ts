// Which stored runs answer which rows. Nothing in a training depends on how many epochs it is to have, so that a run of
// 21 epochs is, after its third, a run of 3: a row is read from the epoch that it names of any run that else is equal.
import { z } from 'zod'
import { ENGINE_NAMES, type EngineName } from '../engine.ts'
import type { Experiment } from '../experiment.ts'
import { type EpochMetrics, epochMetricsSchema, exactAccuracy, RUN_STATUSES, type RunStatus } from '../run.ts'
import { experimentOf, type PaperRow, type PaperScope } from './plan.ts'
import type { MetricName } from './printed-figures.ts'

/** A run of the history on the very content of the scope. */
export interface StoredTraining {
  readonly id: string
  readonly status: RunStatus
  /** Whether it stands in the queue; a queued run that does not waits for nobody. */
  readonly isLinedUp: boolean
  readonly experiment: Experiment
  /** Null before an engine has started. */
  readonly engine: EngineName | null
  readonly tags: readonly string[]
  /** The finished ones, in order. */
  readonly epochs: readonly EpochMetrics[]
}

/** The figures of one row with one seed, and the run that they were read from. */
export const paperEvidenceSchema = z.object({
  rowId: z.string(),
  seed: z.int(),
  runId: z.string(),
  runStatus: z.enum(RUN_STATUSES),
  engine: z.enum(ENGINE_NAMES),
  metrics: epochMetricsSchema,
})
export type PaperEvidence = z.infer<typeof paperEvidenceSchema>

/** The same for trainings that do the same to the network for as long as both go on. */
export function courseOf(experiment: Experiment): string {
  return JSON.stringify({ ...experiment, dataset: '', epochs: 0 })
}

/** Runs by what they do to the network; newer ones after older ones, as they were given. */
export function groupByCourse(
  runs: readonly StoredTraining[],
): ReadonlyMap<string, readonly StoredTraining[]> {
  const groups = new Map<string, StoredTraining[]>()
  for (const run of runs) {
    const course = courseOf(run.experiment)
    groups.set(course, [...(groups.get(course) ?? []), run])
  }
  return groups
}

/**
 * For every row and seed at most one run: of the engine that answers most of them, the newest.
 * @param runs oldest first
 * @param seeds that are looked for
 */
export function findEvidence(
  rows: readonly PaperRow[],
  scope: PaperScope,
  runs: readonly StoredTraining[],
  seeds: readonly number[],
): readonly PaperEvidence[] {
  const courses = groupByCourse(runs)
  const answers = rows.flatMap((row) =>
    seeds.map((seed) => {
      const experiment = experimentOf(row, scope, seed)
      return (courses.get(courseOf(experiment)) ?? []).flatMap((run) => readRow(row, experiment, run))
    }),
  )
  const engine = mostCommon(answers.flatMap((found) => [...new Set(found.map((one) => one.engine))]))
  return answers.flatMap((found) => {
    const chosen = found.findLast((one) => one.engine === engine) ?? found.at(-1)
    return chosen === undefined ? [] : [chosen]
  })
}

/** Nothing when the run has not got so far or was not measured on the test images. */
function readRow(row: PaperRow, { epochs, seed }: Experiment, run: StoredTraining): PaperEvidence[] {
  const metrics = run.epochs.find(({ epoch }) => epoch === epochs)
  if (metrics === undefined || metrics.test === null || run.engine === null) return []
  return [{ rowId: row.id, seed, runId: run.id, runStatus: run.status, engine: run.engine, metrics }]
}

function mostCommon(engines: readonly EngineName[]): EngineName | undefined {
  const counts = ENGINE_NAMES.map(
    (name) => [name, engines.filter((engine) => engine === name).length] as const,
  )
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/** Ten classes: a network that answers the same for every image is right for a tenth of them. */
const CONSTANT_ANSWER = 0.1
const HARDLY_MORE = 0.01

/** Whether the network died and answers (nearly) every image alike: a second outcome of a training, not a bad first one. */
export function isCollapsed({ metrics: { test } }: PaperEvidence): boolean {
  return test !== null && exactAccuracy(test) <= CONSTANT_ANSWER + HARDLY_MORE
}

/**
 * What a row's figures are averaged over: the seeds that learned, since a mean of both outcomes is neither. Where none
 * learned, the collapse is what the row shows.
 */
export function selectCounted(evidence: readonly PaperEvidence[]): readonly PaperEvidence[] {
  const learned = evidence.filter((one) => !isCollapsed(one))
  return learned.length > 0 ? learned : evidence
}

/** As the paper averages it; null where the split was not measured. */
export function readMetric({ metrics: { train, test } }: PaperEvidence, metric: MetricName): number | null {
  switch (metric) {
    case 'trainLoss':
      return train.loss
    case 'trainAccuracy':
      return train.accuracy
    case 'testLoss':
      return test?.loss ?? null
    case 'testAccuracy':
      return test?.accuracy ?? null
    default:
      return metric satisfies never
  }
}
