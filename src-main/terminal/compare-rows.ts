// What `atelier compare` prints of runs: the settings that differ, what came of them, and the verdicts against a
// baseline.
import { describeOrigin } from '#shared/adaptation.ts'
import { readSetting } from '#shared/command-line.ts'
import { settingsThatDiffer } from '#shared/compare/settings-that-differ.ts'
import {
  explainFloorOfMany,
  explainModelVerdict,
  explainSettingVerdict,
  nameVerdict,
  writeP,
  writePoints,
} from '#shared/compare/verdict-words.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import { exactAccuracy, type Run, type SplitMetrics } from '#shared/run.ts'
import { decimals, duration, grouped, percent } from './numbers.ts'

type Row = readonly string[]

export function compareRows(runs: readonly Run[], verdicts: Verdicts): readonly Row[] {
  return [
    ['', ...runs.map(({ id }) => id)],
    row('Status', runs, ({ status }) => status),
    ...settingRows(runs),
    ...resultRows(runs, verdicts),
  ]
}

/** Only those that differ. */
function settingRows(runs: readonly Run[]): readonly Row[] {
  const settings = settingsThatDiffer(runs.map(({ experiment }) => experiment))
  const rows = [
    row('Dataset content', runs, ({ dataset }) => dataset.hash.slice(0, 12)),
    row('Engine', runs, ({ engine }) => engine?.name ?? '-'),
    row('Adapted', runs, ({ experiment }) => describeOrigin(experiment.adaptation) ?? '-'),
    ...settings.map((setting) => {
      return row(setting.label, runs, ({ experiment }) => writeValue(readSetting(experiment, setting)))
    }),
  ]
  return rows.filter(([, ...values]) => new Set(values).size > 1)
}

function writeValue(value: unknown): string {
  if (value === undefined) return '-'
  if (value === null) return 'all'
  return typeof value === 'string' ? value : JSON.stringify(value).replace(/^\[(.*)\]$/, '$1')
}

function resultRows(runs: readonly Run[], verdicts: Verdicts): readonly Row[] {
  const baseline = runs.find(({ id }) => id === verdicts.baseline)
  const modelOf = ({ id }: Run) => verdicts.models.find(({ runId }) => runId === id)?.verdict
  const settingOf = ({ id }: Run) => verdicts.settings.find(({ runIds }) => runIds.includes(id))?.verdict
  return [
    row('Parameters', runs, (run) => grouped(run.parameters)),
    row('Epochs finished', runs, (run) => String(run.epochs.length)),
    row('Train loss', runs, (run) => decimals(run.epochs.at(-1)?.train.loss)),
    row('Train accuracy', runs, ({ epochs }) => percent(exactly(epochs.at(-1)?.train))),
    row('Validation loss', runs, (run) => decimals(run.epochs.at(-1)?.validation?.loss)),
    row('Validation accuracy', runs, ({ epochs }) => percent(exactly(epochs.at(-1)?.validation))),
    row('Test loss', runs, (run) => decimals(run.evaluation?.metrics.loss)),
    row('Test accuracy', runs, (run) => percent(exactly(run.evaluation?.metrics))),
    row('  points from the baseline', runs, (run) => differenceFrom(baseline, run)),
    row('  these two models', runs, (run) => {
      const verdict = modelOf(run)
      return verdict === undefined ? 'baseline' : nameVerdict(verdict)
    }),
    row('  p (exact McNemar)', runs, (run) => {
      const verdict = modelOf(run)
      return verdict?.state === 'judged' ? writeP(verdict.correctedP) : ''
    }),
    row('  this setting, over seeds', runs, (run) => {
      const verdict = settingOf(run)
      return verdict === undefined ? '' : nameVerdict(verdict)
    }),
    row('Top 5 accuracy', runs, (run) => percent(run.evaluation?.top5Accuracy)),
    row('Time', runs, (run) => duration(run.epochs.at(-1)?.elapsedMs ?? null)),
  ]
}

/** Every verdict as a sentence, and the noise floor. */
export function verdictLines(runs: readonly Run[], verdicts: Verdicts): readonly string[] {
  const nameOf = (id: string): string => {
    const run = runs.find((one) => one.id === id)
    return run === undefined ? id : `${id} (${run.name})`
  }
  const models = verdicts.models.map(({ runId, verdict }) => {
    return `${nameOf(runId)}. ${explainModelVerdict(verdict, verdicts.modelCount)}`
  })
  const settings = verdicts.settings.slice(1).map(({ runIds, verdict }) => {
    return `${runIds.join(', ')}. ${explainSettingVerdict(verdict, verdicts.settingCount)}`
  })
  return [`Baseline: ${nameOf(verdicts.baseline)}`, ...models, ...settings, ...floorLines(verdicts)]
}

function floorLines({ noiseFloor, modelCount }: Verdicts): readonly string[] {
  if (noiseFloor === null || noiseFloor.difference === null) return []
  const { images, difference, isAssumed } = noiseFloor
  const basis = isAssumed ? 'if their mistakes fell by chance alone' : 'that disagree as these do'
  const points = writePoints(difference).replace('+', '')
  return [
    `${grouped(images)} test images cannot tell apart models ${basis} by less than ${points} points.${explainFloorOfMany(modelCount)}`,
  ]
}

function row(label: string, runs: readonly Run[], cell: (run: Run) => string): Row {
  return [label, ...runs.map(cell)]
}

function exactly(metrics: SplitMetrics | null | undefined): number | null {
  return metrics ? exactAccuracy(metrics) : null
}

function differenceFrom(baseline: Run | undefined, run: Run): string {
  const from = exactly(baseline?.evaluation?.metrics)
  const to = exactly(run.evaluation?.metrics)
  return run === baseline || from === null || to === null ? '' : writePoints(to - from)
}

/** What makes figures of different runs incomparable. */
export function warnings(runs: readonly Run[]): readonly string[] {
  const differ = (value: (run: Run) => unknown): boolean => new Set(runs.map(value)).size > 1
  return [
    ...(differ((run) => run.dataset.hash)
      ? ['These runs saw different data: their figures do not compare.']
      : []),
    ...(differ((run) => run.experiment.loss) ? ['Losses of different kinds do not compare in size.'] : []),
    ...(differ((run) => run.engine?.name) ? ['These runs were computed by different engines.'] : []),
  ]
}
