// The fewest trainings that answer the rows: those that do the same to the network are one, as long as the longest.
import { z } from 'zod'
import { type Experiment, experimentSchema } from '../experiment.ts'
import { courseOf, groupByCourse, type PaperEvidence, type StoredTraining } from './evidence.ts'
import { experimentOf, type PaperRow, type PaperScope, type SeedCounts, seedsOf } from './plan.ts'

export const paperTrainingSchema = z.object({
  experiment: experimentSchema,
  /** Ids of the rows that it answers. */
  rows: z.array(z.string()),
  /** 'missing': nobody has begun it. 'stopped': a run of it ended early and can go on. */
  state: z.enum(['missing', 'waiting', 'training', 'paused', 'stopped']),
  /** The run that is on it, null for a missing one. */
  runId: z.string().nullable(),
  /** Epochs that this run has finished already. */
  finishedEpochs: z.int(),
})
/** A training that rows still wait for. */
export type PaperTraining = z.infer<typeof paperTrainingSchema>

interface Question {
  readonly row: PaperRow
  readonly seed: number
}

/** Every row with every seed that it is to have; the first seed comes first, for all rows. */
export function listQuestions(rows: readonly PaperRow[], counts: SeedCounts): readonly Question[] {
  const questions = rows.flatMap((row) => seedsOf(row, counts).map((seed) => ({ row, seed })))
  return questions.toSorted((a, b) => a.seed - b.seed)
}

/** The trainings that answer all questions, none twice. */
export function shareTrainings(
  questions: readonly Question[],
  scope: PaperScope,
): readonly Pick<PaperTraining, 'experiment' | 'rows'>[] {
  const shared = new Map<string, { experiment: Experiment; rows: string[] }>()
  for (const { row, seed } of questions) {
    const experiment = experimentOf(row, scope, seed)
    const course = courseOf(experiment)
    const known = shared.get(course)
    if (known === undefined) shared.set(course, { experiment, rows: [row.id] })
    else {
      known.rows.push(row.id)
      if (experiment.epochs > known.experiment.epochs) known.experiment = experiment
    }
  }
  return [...shared.values()]
}

/**
 * What is still to be trained for the rows, and what is on its way.
 * @param evidence what is answered
 * @param runs all runs on the content of the scope, oldest first
 */
export function findMissing(
  rows: readonly PaperRow[],
  scope: PaperScope,
  counts: SeedCounts,
  evidence: readonly PaperEvidence[],
  runs: readonly StoredTraining[],
): readonly PaperTraining[] {
  const answered = new Set(evidence.map(({ rowId, seed }) => `${rowId} ${seed}`))
  const open = listQuestions(rows, counts).filter(({ row, seed }) => !answered.has(`${row.id} ${seed}`))
  const courses = groupByCourse(runs)
  return shareTrainings(open, scope).map((training) => {
    const others = courses.get(courseOf(training.experiment)) ?? []
    return { ...training, ...findPursuer(training.experiment, others) }
  })
}

const LIVE = { queued: 'waiting', running: 'training', paused: 'paused' } as const

/** A run that will get there by itself, else one that can go on. */
function findPursuer(
  { epochs }: Experiment,
  runs: readonly StoredTraining[],
): Pick<PaperTraining, 'state' | 'runId' | 'finishedEpochs'> {
  const pursuit = (state: PaperTraining['state'], run: StoredTraining) => ({
    ...{ state, runId: run.id },
    finishedEpochs: run.epochs.length,
  })
  for (const run of runs) {
    const { status } = run
    const isLive = (status === 'queued' && run.isLinedUp) || status === 'running' || status === 'paused'
    if (isLive && run.experiment.epochs >= epochs) return pursuit(LIVE[status], run)
  }
  const stopped = runs.findLast((run) => run.status !== 'completed' && run.experiment.epochs === epochs)
  return stopped === undefined
    ? { state: 'missing', runId: null, finishedEpochs: 0 }
    : pursuit('stopped', stopped)
}
