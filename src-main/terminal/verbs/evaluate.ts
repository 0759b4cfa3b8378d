// atelier evaluate: how well a run knows each class, what it confuses, and whether its confidence can be believed.
import { classIntervals } from '#shared/core/statistics/class-intervals.ts'
import { rankConfusions } from '#shared/core/statistics/rank-confusions.ts'
import type { ConfidenceReport, MeasuringProgress } from '#shared/evaluation.ts'
import { Failure } from '#shared/failure.ts'
import { type Evaluation, exactAccuracy, type Run } from '#shared/run.ts'
import type { Backend } from '../../backend.ts'
import { AnswerShelf } from '../../evaluation/answer-shelf.ts'
import { buildMeasuringJob, findObstacle } from '../../evaluation/measuring-job.ts'
import { runMeasuring } from '../../evaluation/run-measuring.ts'
import { forkTrainer } from '../../training/spawn-trainer.ts'
import { describeClassIntervals, describeConfidence, describeRankedConfusions } from '../evaluation-text.ts'
import { percent } from '../numbers.ts'
import { withBackend } from '../open-history.ts'
import { readOne } from '../positionals.ts'
import { readTop } from '../top-flag.ts'
import { type Context, EXIT_DONE, type Verb } from '../verb.ts'

const USUAL_TOP = 10

export const evaluateVerb: Verb = {
  name: 'evaluate',
  usage: 'ID',
  summary: 'Scores of a run with intervals, its confusions, and its calibration.',
  flags: {
    top: { value: 'N', help: `Confusions to print; ${USUAL_TOP} when left out.` },
    again: { help: 'Measure again what is known.' },
  },
  async run(input, context) {
    const top = readTop(input, USUAL_TOP)
    return withBackend(context, async (backend) => {
      const run = await backend.store.findRun(readOne('run id', input))
      if (run.evaluation === null)
        throw new Failure(
          'conflict',
          `Run ${run.id} is ${run.status} and was not evaluated yet. Complete it first.`,
        )
      const obstacle = await findObstacle(backend, run)
      const again = input.flags['again'] === true
      const report = obstacle === null ? await readReport(backend, run, again, context) : null
      const { terminal } = context
      if (terminal.json) terminal.print(JSON.stringify(toJson(run, run.evaluation, report, obstacle)))
      else for (const line of toText(run, run.evaluation, report, obstacle, top)) terminal.print(line)
      return EXIT_DONE
    })
  },
}

/** What was kept, or what is measured now. */
async function readReport(
  backend: Backend,
  run: Run,
  again: boolean,
  { terminal, signal }: Context,
): Promise<ConfidenceReport> {
  const answers = new AnswerShelf(backend)
  const kept = again ? null : await answers.find(run)
  if (kept !== null) return kept.report
  const job = await buildMeasuringJob(backend, run)
  const tell = ({ stage, share }: MeasuringProgress): void => terminal.status(`${stage} ${percent(share)}`)
  await runMeasuring(forkTrainer, job, tell, signal)
  terminal.status('')
  answers.forget(job.file)
  const measured = await answers.find(run)
  if (measured === null) throw new Failure('invalid-file', `What was measured cannot be read: ${job.file}.`)
  return measured.report
}

function toText(
  { name, dataset: { classNames } }: Run,
  { metrics, confusionMatrix, classScores }: Evaluation,
  report: ConfidenceReport | null,
  obstacle: string | null,
  top: number,
): string[] {
  return [
    `${name}: ${metrics.correct} of ${metrics.count} test images right (${percent(exactAccuracy(metrics))}).`,
    '',
    ...describeClassIntervals(classNames, confusionMatrix, classScores),
    '',
    'Most frequent confusions:',
    ...describeRankedConfusions(classNames, rankConfusions(confusionMatrix).slice(0, top)),
    '',
    ...(report === null ? [`No temperature: ${obstacle ?? ''}`] : describeConfidence(report)),
  ]
}

function toJson(
  { id, name, dataset: { classNames } }: Run,
  { split, metrics, confusionMatrix, classScores }: Evaluation,
  report: ConfidenceReport | null,
  obstacle: string | null,
) {
  const intervals = classIntervals(confusionMatrix)
  return {
    ...{ id, name, split, correct: metrics.correct, count: metrics.count },
    classes: classScores.map((scores, label) => ({
      ...{ label, name: classNames[label] ?? String(label), ...scores },
      intervals: intervals[label],
    })),
    confusions: rankConfusions(confusionMatrix),
    confidence: report,
    obstacle,
  }
}
