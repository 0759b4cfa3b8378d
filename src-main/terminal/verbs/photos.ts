// atelier photos: a folder whose folders are classes as an external test set.
import { Failure } from '#shared/failure.ts'
import type { JudgingRun, PhotoEvaluation } from '#shared/photo-batch.ts'
import { evaluatePhotos } from '../../photos/evaluate-photos.ts'
import { findPhotos } from '../../photos/find-photos.ts'
import { readFolderLabels } from '../../photos/folder-labels.ts'
import { type AnsweredPhoto, answerPhotos, findJudges, RUN_FLAG } from '../classify-paths.ts'
import { percent } from '../numbers.ts'
import { renderTable } from '../text-table.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const photosVerb: Verb = {
  name: 'photos',
  usage: 'evaluate FOLDER --run ID[,ID]',
  summary: 'Measure runs on photos in folders named like classes.',
  flags: RUN_FLAG,
  async run(input, context) {
    const [action, folder, ...more] = input.positionals
    if (action !== 'evaluate' || folder === undefined || more.length > 0)
      throw new Failure('invalid-setting', '"photos" wants: evaluate FOLDER --run ID.')
    const { runs, sources } = await findJudges(input, context)
    const found = await findPhotos([{ path: folder, file: null }], context.signal)
    const { labels, folders } = readFolderLabels(
      found.map(({ file }) => file),
      runs.flatMap(({ classNames }) => classNames),
    )
    if (folders.length === 0)
      throw new Failure('invalid-file', `The folders in ${folder} are not named like the classes of the run.`)
    const answered: AnsweredPhoto[] = []
    await answerPhotos(found, sources, context, (photo) => answered.push(photo))
    const evaluations: PhotoEvaluation[] = []
    for (const run of runs) evaluations.push(await evaluate(run, answered, labels))
    const { terminal } = context
    if (terminal.json) for (const evaluation of evaluations) terminal.print(JSON.stringify(evaluation))
    else for (const line of describe(evaluations)) terminal.print(line)
    return EXIT_DONE
  },
}

function evaluate(
  run: JudgingRun,
  answered: readonly AnsweredPhoto[],
  labels: readonly (string | null)[],
): Promise<PhotoEvaluation> {
  const photos = answered.map((photo, index) => ({
    ...photo,
    folderLabel: labels[index] ?? null,
    correctedLabel: null,
  }))
  return evaluatePhotos(run, photos, ({ predictions }) =>
    Promise.resolve(predictions.find(({ runId }) => runId === run.runId)?.label ?? null),
  )
}

function describe(evaluations: readonly PhotoEvaluation[]): string[] {
  const rows = evaluations.map(({ runId, count, correct, accuracy, interval, gap, leftOut }) => {
    const range = interval === null ? '-' : `${percent(interval.low)} to ${percent(interval.high)}`
    const less = gap === null ? '-' : `${(gap * 100).toFixed(1)} points`
    return [runId, String(count), String(correct), percent(accuracy), range, less, String(leftOut)]
  })
  const header = ['Run', 'Photos', 'Right', 'Accuracy', '95 %', 'Below its test images', 'Left out']
  return renderTable([header, ...rows])
}
