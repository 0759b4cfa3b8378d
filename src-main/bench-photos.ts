// `npm run -s bench -- photos --photos DIR --data DIR`: trains the preset photo-ready with several seeds and prints what
// becomes of real photos: the figures of docs/photos.md. The photos are judged and never trained on, but for the copies
// that measure adaptation.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { completeExperiment } from '#shared/experiment.ts'
import { ENGINE_CHOICES } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { findPreset } from '#shared/presets.ts'
import { measureRun, type PhotoFigures } from './bench-photos/measure-run.ts'
import { readPhotos } from './bench-photos/read-photos.ts'
import { readIdxFolder } from './datasets/idx-folder.ts'
import { KNOWN_DATASETS } from './datasets/known-datasets.ts'
import { startEngine } from './engines/start-engine.ts'
import { parseWholeNumber } from './terminal/parse-number.ts'
import { renderTable } from './terminal/text-table.ts'
import { EXIT_DONE } from './terminal/verb.ts'

const DEFAULT_SEEDS = '1,2,3'

/** @throws Failure 'invalid-setting' that names the flag at fault */
export async function runPhotoBench(words: readonly string[]): Promise<number> {
  const { photos: photoFolder, data, seeds, engine, epochs, json } = parseWords(words)
  if (photoFolder === undefined || data === undefined)
    throw new Failure('invalid-setting', 'Name --photos (a folder with index.csv) and --data (IDX files).')
  const choice = ENGINE_CHOICES.find((name) => name === (engine ?? 'auto'))
  if (choice === undefined) throw new Failure('invalid-setting', `There is no engine ${engine}.`)
  const dataset = await readIdxFolder(resolve(data), KNOWN_DATASETS)
  const photos = await readPhotos(resolve(photoFolder), dataset.classNames)
  await startEngine(choice)
  const figures: PhotoFigures[] = []
  for (const seed of (seeds ?? DEFAULT_SEEDS).split(',').map((text) => parseWholeNumber('seeds', text))) {
    const settings = { ...findPreset('photo-ready')?.settings, dataset: dataset.id, seed }
    const changed =
      epochs === undefined ? settings : { ...settings, epochs: parseWholeNumber('epochs', epochs) }
    const measured = await measureRun(completeExperiment(changed, dataset.train.count), dataset, photos)
    figures.push(measured)
    if (json) process.stdout.write(`${JSON.stringify(measured)}\n`)
  }
  if (!json) process.stdout.write(`${describe(figures).join('\n')}\n`)
  return EXIT_DONE
}

function parseWords(words: readonly string[]) {
  const text = { type: 'string' } as const
  const flags = { photos: text, data: text, seeds: text, engine: text, epochs: text }
  const options = { ...flags, json: { type: 'boolean', default: false } } as const
  try {
    return parseArgs({ args: [...words], options, strict: true }).values
  } catch (error) {
    const advice = 'Possible: --photos DIR, --data DIR, --seeds 1,2,3, --engine NAME, --epochs N, --json.'
    throw new Failure('invalid-setting', `${describeFailure(error).message}. ${advice}`, { cause: error })
  }
}

/** A row for each figure, a column for each seed, and their mean. */
function describe(figures: readonly PhotoFigures[]): string[] {
  const row = (title: string, valueOf: (one: PhotoFigures) => number): string[] => {
    const values = figures.map(valueOf)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return [title, ...[...values, mean].map((value) => `${(value * 100).toFixed(1)} %`)]
  }
  const flagged = Object.keys(figures[0]?.flagged ?? {})
  const table = renderTable([
    ['', ...figures.map(({ seed }) => `seed ${seed}`), 'mean'],
    row('test images right', ({ testAccuracy }) => testAccuracy),
    row('photos of garments right', ({ photoAccuracy }) => photoAccuracy),
    row('unworn on white or plain right', ({ plainAccuracy }) => plainAccuracy),
    row('other half before adaptation', ({ beforeAdaptation }) => beforeAdaptation),
    row('other half after adaptation', ({ afterAdaptation }) => afterAdaptation),
    ...flagged.map((what) => row(`flagged: ${what}`, (one) => one.flagged[what] ?? 0)),
  ])
  const wrong = Map.groupBy(
    figures.flatMap((one) => one.wrong),
    ({ file }) => file,
  )
  const lines = [...wrong].map(([file, answers]) => {
    const predicted = answers.map((answer) => answer.predicted).join(', ')
    return `wrong in ${answers.length} of ${figures.length}: ${file} (${predicted})`
  })
  return [...table, '', ...lines]
}
