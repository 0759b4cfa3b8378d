// The table of a comparison: for every setting, figure, verdict and cost what stands there for each run. The same rows
// are columns when the table is turned, and a file when it is exported.
import { describeOrigin } from '#shared/adaptation.ts'
import { readSetting } from '#shared/command-line.ts'
import { settingsThatDiffer } from '#shared/compare/settings-that-differ.ts'
import {
  explainModelVerdict,
  explainSettingVerdict,
  nameVerdict,
  writeP,
} from '#shared/compare/verdict-words.ts'
import type { ModelVerdict, Outcome, SettingVerdict, Verdicts } from '#shared/compare/verdict.ts'
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { type Setting, SETTINGS } from '#shared/settings.ts'
import { NOTHING, writeCount } from '../../parts/numbers.ts'
import type { ComparisonView } from '../../state/comparison-view.ts'
import { writeSettingValue } from '../runs/setting-value.ts'
import { MEASURES, type Measure, TEST_ACCURACY } from './measures.ts'
import { pickEpoch } from './pick-epoch.ts'

export interface CompareCell {
  readonly text: string
  /** With its sign, from the baseline; empty on the baseline itself and where there is none. */
  readonly difference: string
  /** A setting that is not the baseline's. */
  readonly differs: boolean
  /** A badge: an outcome, or that none was reached. */
  readonly outcome: Outcome | 'refused' | null
  /** In full, for those who ask. */
  readonly title: string
}

export interface CompareRow {
  readonly key: string
  readonly label: string
  readonly title: string
  readonly group: 'settings' | 'figures' | 'verdicts' | 'cost'
  readonly isStrong: boolean
  /** Of the runs, in their order. */
  readonly cells: readonly CompareCell[]
}

const PLAIN: CompareCell = { text: NOTHING, difference: '', differs: false, outcome: null, title: '' }

export function buildRows(
  runs: readonly ComparedRun[],
  baselineId: string | null,
  verdicts: Verdicts | null,
  view: Pick<ComparisonView, 'showsAll' | 'epoch'>,
): readonly CompareRow[] {
  const baseline = runs.find(({ id }) => id === baselineId) ?? runs[0]
  if (baseline === undefined) return []
  const rows = (group: Measure['group']) =>
    MEASURES.filter((one) => one.group === group).map((one) => measureRow(one, runs, baseline, view.epoch))
  return [
    ...settingRows(runs, baseline, view.showsAll),
    ...rows('figures').filter(isFilled),
    epochRow(runs, view),
    ...verdictRows(runs, baseline, verdicts),
    ...rows('cost').filter(isFilled),
  ]
}

function isFilled({ cells }: CompareRow): boolean {
  return cells.some(({ text }) => text !== NOTHING)
}

function settingRows(
  runs: readonly ComparedRun[],
  baseline: ComparedRun,
  showsAll: boolean,
): readonly CompareRow[] {
  const differing = settingsThatDiffer(runs.map(({ experiment }) => experiment))
  // The content of the data stands in a row of its own: its hash tells more than the dataset's id.
  const settings = SETTINGS.filter(
    (setting) => setting.name !== 'dataset' && (showsAll || differing.includes(setting)),
  )
  const rows = [
    textRow('data', 'Data', 'The content that was trained on, by its hash', runs, baseline, ({ dataset }) => {
      return `${dataset.name} ${dataset.hash.slice(0, 8)}`
    }),
    textRow(
      'adaptation',
      'Adapted',
      'With which photos, and from the weights of which run',
      runs,
      baseline,
      ({ experiment }) => describeOrigin(experiment.adaptation) ?? NOTHING,
    ),
    textRow('engine', 'Engine', 'What computed it', runs, baseline, ({ engine }) => engine?.name ?? NOTHING),
  ].filter(({ cells }) => showsAll || cells.some(({ differs }) => differs))
  return [...settings.map((setting) => settingRow(setting, runs, baseline)), ...rows].filter(isFilled)
}

function settingRow(setting: Setting, runs: readonly ComparedRun[], baseline: ComparedRun): CompareRow {
  const { name, label, help } = setting
  return textRow(name, label, help, runs, baseline, ({ experiment }) => {
    return writeSettingValue(setting, readSetting(experiment, setting))
  })
}

function textRow(
  key: string,
  label: string,
  title: string,
  runs: readonly ComparedRun[],
  baseline: ComparedRun,
  write: (run: ComparedRun) => string,
): CompareRow {
  const own = write(baseline)
  const cells = runs.map((run) => ({ ...PLAIN, text: write(run), differs: write(run) !== own }))
  return { key, label, title, group: 'settings', isStrong: false, cells }
}

function measureRow(
  measure: Measure,
  runs: readonly ComparedRun[],
  baseline: ComparedRun,
  choice: ComparisonView['epoch'],
): CompareRow {
  const own = measure.value(baseline, choice)
  const cells = runs.map((run): CompareCell => {
    const value = measure.value(run, choice)
    if (value === null) return { ...PLAIN, title: pickEpoch(run, choice).words }
    const isOwn = run === baseline || own === null
    const title = measure === TEST_ACCURACY ? writeOf(run) : pickEpoch(run, choice).words
    return {
      ...PLAIN,
      text: measure.write(value),
      difference: isOwn ? '' : measure.writeDifference(value - own),
      title,
    }
  })
  const { key, label, title, group } = measure
  return { key, label, title, group, isStrong: measure === TEST_ACCURACY, cells }
}

function writeOf({ evaluation }: ComparedRun): string {
  if (evaluation === null) return ''
  return `${writeCount(evaluation.metrics.correct)} of ${writeCount(evaluation.metrics.count)} right`
}

function epochRow(runs: readonly ComparedRun[], { epoch }: Pick<ComparisonView, 'epoch'>): CompareRow {
  const cells = runs.map((run) => {
    const picked = pickEpoch(run, epoch)
    return {
      ...PLAIN,
      text: picked.epoch === null ? NOTHING : writeCount(picked.epoch.epoch),
      title: picked.words,
    }
  })
  const by = new Set(runs.map((run) => pickEpoch(run, epoch).words.split(', ')[1] ?? ''))
  const label = by.size === 1 && epoch === 'best' ? `Epoch, ${[...by][0] ?? ''}` : 'Epoch'
  const title = 'Which epoch the figures are of, and by what it was chosen; the test images never choose'
  return { key: 'epoch', label, title, group: 'figures', isStrong: false, cells }
}

function verdictRows(
  runs: readonly ComparedRun[],
  baseline: ComparedRun,
  verdicts: Verdicts | null,
): readonly CompareRow[] {
  if (verdicts === null || runs.length < 2) return []
  const modelOf = ({ id }: ComparedRun) => verdicts.models.find(({ runId }) => runId === id)?.verdict
  const settingOf = ({ id }: ComparedRun) =>
    verdicts.settings.find(({ runIds }) => runIds.includes(id))?.verdict
  const row = (
    key: string,
    label: string,
    title: string,
    cell: (run: ComparedRun) => CompareCell,
  ): CompareRow => ({
    ...{ key, label, title, group: 'verdicts', isStrong: false },
    cells: runs.map((run) => (run === baseline ? { ...PLAIN, text: '' } : cell(run))),
  })
  const images = baseline.evaluation?.metrics.count ?? 0
  return [
    row(
      'modelVerdict',
      'These two models',
      'Each model against the baseline on the same test images; it says nothing about settings',
      (run) => {
        const verdict = modelOf(run)
        return verdict === undefined
          ? PLAIN
          : badge(verdict, explainModelVerdict(verdict, verdicts.modelCount))
      },
    ),
    row(
      'modelP',
      `p (McNemar, n = ${writeCount(images)})`,
      'Exact, corrected by Holm for all models of this comparison',
      (run) => {
        const verdict = modelOf(run)
        return verdict?.state === 'judged' ? { ...PLAIN, text: writeP(verdict.correctedP) } : PLAIN
      },
    ),
    {
      ...row(
        'settingVerdict',
        'This setting, over seeds',
        'Each setting against the baseline’s, over the seeds that are compared',
        (run) => {
          const verdict = settingOf(run)
          return verdict === undefined
            ? PLAIN
            : badge(verdict, explainSettingVerdict(verdict, verdicts.settingCount))
        },
      ),
    },
  ]
}

function badge(verdict: ModelVerdict | SettingVerdict, title: string): CompareCell {
  const outcome = verdict.state === 'judged' ? verdict.outcome : 'refused'
  return { ...PLAIN, text: nameVerdict(verdict), outcome, title }
}
