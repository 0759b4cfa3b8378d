// atelier compare: runs side by side; of the settings only those that differ.
import type { Run } from '#shared/run.ts'
import { decimals, duration, grouped, percent } from '../numbers.ts'
import { withReader } from '../open-history.ts'
import { readSome } from '../positionals.ts'
import { flattenRun } from '../run-json.ts'
import { renderTable } from '../text-table.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'

export const compareVerb: Verb = {
  name: 'compare',
  usage: 'ID ID…',
  summary: 'Show runs side by side: the settings that differ, and what came of them.',
  flags: {},
  async run(input, context) {
    const ids = readSome('run ids', input, 2)
    const runs = await withReader(context, (store) => Promise.all(ids.map((id) => store.findRun(id))))
    const { terminal } = context
    if (terminal.json) for (const run of runs) terminal.print(JSON.stringify(flattenRun(run)))
    else for (const line of renderTable(compareRows(runs))) terminal.print(line)
    for (const warning of warnings(runs)) terminal.note(warning)
    return EXIT_DONE
  },
}

type Row = readonly string[]

function compareRows(runs: readonly Run[]): Row[] {
  const header = ['', ...runs.map((run) => run.id)]
  const settings = settingRows(runs).filter(([, ...values]) => new Set(values).size > 1)
  return [header, row('Status', runs, (run) => run.status), ...settings, ...resultRows(runs)]
}

function settingRows(runs: readonly Run[]): Row[] {
  const flat = runs.map((run) => flattenSettings(run.experiment))
  const names = [...new Set(flat.flatMap((settings) => [...settings.keys()]))]
  return [
    row('dataset content', runs, (run) => run.dataset.hash.slice(0, 12)),
    row('engine', runs, (run) => run.engine?.name ?? '-'),
    ...names.map((name) => [name, ...flat.map((settings) => settings.get(name) ?? '-')]),
  ]
}

/** Every setting by its path: `model.channels` -> '10'. */
function flattenSettings(experiment: object): Map<string, string> {
  const entries = Object.entries(experiment).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, setting]) => [`${name}.${inner}`, String(setting)] as const)
      : [[name, String(value)] as const],
  )
  return new Map(entries)
}

function resultRows(runs: readonly Run[]): Row[] {
  return [
    row('Parameters', runs, (run) => grouped(run.parameters)),
    row('Epochs finished', runs, (run) => String(run.epochs.length)),
    row('Train loss', runs, (run) => decimals(run.epochs.at(-1)?.train.loss)),
    row('Train accuracy', runs, (run) => percent(run.epochs.at(-1)?.train.accuracy)),
    row('Validation loss', runs, (run) => decimals(run.epochs.at(-1)?.validation?.loss)),
    row('Validation accuracy', runs, (run) => percent(run.epochs.at(-1)?.validation?.accuracy)),
    row('Test loss', runs, (run) => decimals(run.evaluation?.metrics.loss)),
    row('Test accuracy', runs, (run) => percent(run.evaluation?.metrics.accuracy)),
    row('  against the first', runs, (run) => difference(run, runs[0])),
    row('Top 5 accuracy', runs, (run) => percent(run.evaluation?.top5Accuracy)),
    row('Time', runs, (run) => duration(run.epochs.at(-1)?.elapsedMs ?? null)),
  ]
}

function row(label: string, runs: readonly Run[], cell: (run: Run) => string): Row {
  return [label, ...runs.map(cell)]
}

function difference(run: Run, first: Run | undefined): string {
  if (run === first || run.evaluation === null || !first?.evaluation) return ''
  const points = (run.evaluation.metrics.accuracy - first.evaluation.metrics.accuracy) * 100
  return `${points >= 0 ? '+' : ''}${points.toFixed(2)} points`
}

/** What makes figures of different runs incomparable. */
function warnings(runs: readonly Run[]): string[] {
  const differ = (value: (run: Run) => unknown): boolean => new Set(runs.map(value)).size > 1
  return [
    ...(differ((run) => run.dataset.hash)
      ? ['These runs saw different data: their figures do not compare.']
      : []),
    ...(differ((run) => run.experiment.loss) ? ['Losses of different kinds do not compare in size.'] : []),
    ...(differ((run) => run.engine?.name) ? ['These runs were computed by different engines.'] : []),
  ]
}
