// atelier classify: what runs make of photos and folders of photos.
import { Failure } from '#shared/failure.ts'
import type { JudgingRun } from '#shared/photo-batch.ts'
import { describeResults, type ResultLine } from '../../photos/export-results.ts'
import { findPhotos } from '../../photos/find-photos.ts'
import { type AnsweredPhoto, answerPhotos, findJudges, RUN_FLAG } from '../classify-paths.ts'
import { percent } from '../numbers.ts'
import { readSome } from '../positionals.ts'
import { renderTable } from '../text-table.ts'
import { readTop } from '../top-flag.ts'
import { EXIT_DONE, EXIT_FAILED, type Terminal, type Verb } from '../verb.ts'

const MOST = 5

export const classifyVerb: Verb = {
  name: 'classify',
  usage: 'PATH… --run ID[,ID]',
  summary: 'Say what photos show, and how sure that is; folders are looked through.',
  flags: { ...RUN_FLAG, top: { value: 'K', help: `How many labels to tell of each photo, 1 to ${MOST}.` } },
  async run(input, context) {
    const paths = readSome('file or folder', input)
    const top = readTop(input, MOST, MOST)
    const { runs, sources } = await findJudges(input, context)
    const photos = await findPhotos(
      paths.map((path) => ({ path, file: path })),
      context.signal,
    )
    if (photos.length === 0) throw new Failure('not-found', `There is no photo in ${paths.join(', ')}.`)
    const answered: AnsweredPhoto[] = []
    await answerPhotos(photos, sources, context, (photo) => {
      answered.push(photo)
      if (!context.terminal.json) return
      for (const line of describeResults(photo, runs, top)) context.terminal.print(JSON.stringify(line))
    })
    if (!context.terminal.json) printTable(answered, runs, top, context.terminal)
    return answered.some(({ status }) => status === 'predicted') ? EXIT_DONE : EXIT_FAILED
  },
}

function printTable(
  answered: readonly AnsweredPhoto[],
  runs: readonly JudgingRun[],
  top: number,
  terminal: Terminal,
): void {
  const several = runs.length > 1
  const header = ['File', ...(several ? ['Run'] : []), 'Label', 'Probability', 'Verdict', 'Others']
  const lines = answered.flatMap((photo) => describeResults(photo, runs, top))
  const rows = lines
    .filter(({ status }) => status === 'predicted')
    .map((line) => [
      line.file,
      ...(several ? [line.run ?? ''] : []),
      ...[line.label ?? '', percent(line.probability), line.verdict ?? '', describeOthers(line)],
    ])
  const left = header.flatMap((name, column) => (name === 'Probability' ? [] : [column]))
  if (rows.length > 0) for (const row of renderTable([header, ...rows], left)) terminal.print(row)
  for (const { file, status, reason } of answered)
    if (status === 'refused') terminal.print(`${file}: refused. ${reason ?? ''}`)
}

function describeOthers({ top = [] }: ResultLine): string {
  return top
    .slice(1)
    .filter(({ probability }) => probability >= 0.005)
    .map(({ label, probability }) => `${label} ${percent(probability)}`)
    .join(', ')
}
