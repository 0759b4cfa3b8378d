// What a line of the Runs page can show: every setting of the experiment, every measure, and what people wrote.
import { readSetting } from '#shared/command-line.ts'
import { settingsThatDiffer } from '#shared/compare/settings-that-differ.ts'
import { wilsonInterval } from '#shared/core/statistics/intervals.ts'
import type { RunSummary } from '#shared/run-list.ts'
import { exactAccuracy, type SplitMetrics } from '#shared/run.ts'
import { SETTINGS, type Setting } from '#shared/settings.ts'
import {
  NOTHING,
  writeCount,
  writeDuration,
  writeMeasure,
  writeMoment,
  writeShare,
} from '../../parts/numbers.ts'
import type { Cell, Column } from '../../parts/table/column.ts'
import { mostTellingFirst } from './setting-order.ts'
import { writeSettingValue } from './setting-value.ts'

export type RunColumn = Column<RunSummary>

/** The figures that a run is judged by: of the final evaluation, else of the last epoch that watched the test split. */
export function testMetrics(run: RunSummary): SplitMetrics | null {
  return run.evaluation?.split === 'test' ? run.evaluation.metrics : (run.lastEpoch?.test ?? null)
}

/** Half the width of the 95 % interval, in points, and the interval itself. */
export function writeInterval({ correct, count }: SplitMetrics): {
  readonly short: string
  readonly long: string
} {
  const { low, high } = wilsonInterval(correct, count)
  const long = `95 % interval (Wilson): ${writeShare(low)} to ${writeShare(high)}, ${writeCount(correct)} of ${writeCount(count)} right`
  return { short: `±${((high - low) * 50).toFixed(1)}`, long }
}

const shareRight = (metrics: SplitMetrics | null | undefined): number | null =>
  metrics == null || metrics.count === 0 ? null : exactAccuracy(metrics)

const NARROW: Readonly<Record<string, number>> = {
  seed: 56,
  epochs: 68,
  trainImages: 116,
  validationImages: 126,
  hiddenUnits: 104,
  channels: 80,
  dropout: 74,
  momentum: 88,
  activation: 92,
  batchSize: 92,
  blocks: 72,
  stride: 72,
  model: 84,
  dataset: 110,
  learningRate: 98,
  loss: 112,
  optimizer: 82,
  pooling: 74,
  testEachEpoch: 124,
}

export const SETTING_COLUMNS: readonly RunColumn[] = SETTINGS.map(settingColumn)

export const RUN_COLUMNS: readonly RunColumn[] = [
  text('name', 'Run', 232, (run) => run.name, { isFixed: true, tone: 'strong' }),
  text('status', 'Status', 122, (run) => run.status),
  ...SETTING_COLUMNS,
  measure('trainLoss', 'Train loss', 84, (run) => run.lastEpoch?.train.loss ?? null, writeMeasure),
  measure('trainAccuracy', 'Train accuracy', 112, (run) => shareRight(run.lastEpoch?.train), writeShare),
  measure(
    'validationLoss',
    'Validation loss',
    112,
    (run) => run.lastEpoch?.validation?.loss ?? null,
    writeMeasure,
  ),
  measure(
    'validationAccuracy',
    'Validation accuracy',
    136,
    (run) => shareRight(run.lastEpoch?.validation),
    writeShare,
  ),
  measure('testLoss', 'Test loss', 96, (run) => testMetrics(run)?.loss ?? null, writeMeasure),
  {
    ...measure('testAccuracy', 'Test accuracy', 108, (run) => shareRight(testMetrics(run)), writeShare),
    tone: 'strong',
  },
  {
    ...measure('interval', '95 %', 56, halfInterval, (value) => (value * 100).toFixed(1)),
    title: 'How far the truth may lie from the test accuracy: 95 % interval for so many test images',
    text: (run) => {
      const metrics = testMetrics(run)
      return metrics === null ? '' : writeInterval(metrics).short
    },
    tone: 'faint',
  },
  measure(
    'paperAccuracy',
    'Test accuracy, paper',
    140,
    (run) => testMetrics(run)?.accuracy ?? null,
    writeShare,
  ),
  measure('top5Accuracy', 'Top 5', 84, (run) => run.evaluation?.top5Accuracy ?? null, writeShare),
  measure('elapsedMs', 'Time', 76, (run) => run.lastEpoch?.elapsedMs ?? null, writeDuration),
  measure(
    'imagesPerSecond',
    'Images/s',
    88,
    (run) => run.lastEpoch?.imagesPerSecond ?? null,
    (value) => writeCount(Math.round(value)),
  ),
  measure('lastEpoch', 'Done', 64, (run) => run.lastEpoch?.epoch ?? null, writeCount),
  measure('parameters', 'Parameters', 96, (run) => run.parameters, writeCount),
  text('engine', 'Engine', 84, (run) => run.engine),
  { ...text('tags', 'Tags', 120, (run) => run.tags.join(', ')) },
  text('notes', 'Notes', 200, (run) => run.notes),
  flag('starred', 'Star', (run) => run.starred),
  flag('archived', 'Archived', (run) => run.archived),
  moment('createdAt', 'Made', (run) => run.createdAt),
  moment('startedAt', 'Started', (run) => run.startedAt),
  moment('finishedAt', 'Finished', (run) => run.finishedAt),
  text('id', 'Id', 200, (run) => run.id),
]

/**
 * The columns that are shown while nobody has chosen: what a run came to and took, then the settings that differ.
 * @param groupedBy columns that the headings of groups tell already
 */
export function proposeColumns(runs: readonly RunSummary[], groupedBy: readonly string[]): readonly string[] {
  const differing = mostTellingFirst(settingsThatDiffer(runs.map(({ experiment }) => experiment))).flatMap(
    ({ name }) => SETTING_COLUMNS.find(({ key }) => key === name) ?? [],
  )
  const shown = differing.length > 0 ? differing : SETTING_COLUMNS.filter(({ key }) => key === 'model')
  return [
    'name',
    'status',
    'testAccuracy',
    'interval',
    'elapsedMs',
    ...shown.map(({ key }) => key).filter((key) => !groupedBy.includes(key)),
    'trainLoss',
    'tags',
  ]
}

function halfInterval(run: RunSummary): number | null {
  const metrics = testMetrics(run)
  if (metrics === null) return null
  const { low, high } = wilsonInterval(metrics.correct, metrics.count)
  return (high - low) / 2
}

function settingColumn(setting: Setting): RunColumn {
  const { name, label, value } = setting
  const read = (run: RunSummary): Cell => {
    const found = readSetting(run.experiment, setting)
    if (found === undefined || found === null) return null
    return Array.isArray(found) ? found.join(', ') : (found as Cell)
  }
  const isNumber = value.kind === 'number' || value.kind === 'whole-number'
  return {
    key: name,
    label,
    align: isNumber ? 'end' : 'start',
    width: NARROW[name] ?? Math.min(150, 44 + label.length * 7),
    value: read,
    text: (run) => writeSettingValue(setting, read(run)),
  }
}

function text(
  key: string,
  label: string,
  width: number,
  value: (run: RunSummary) => string | null,
  more: Partial<RunColumn> = {},
): RunColumn {
  return { key, label, width, align: 'start', value, text: (run) => value(run) ?? NOTHING, ...more }
}

function measure(
  key: string,
  label: string,
  width: number,
  value: (run: RunSummary) => number | null,
  write: (value: number) => string,
): RunColumn {
  const written = (run: RunSummary): string => {
    const found = value(run)
    return found === null ? NOTHING : write(found)
  }
  return { key, label, width, align: 'end', value, text: written, writeSpread: write }
}

function flag(key: string, label: string, value: (run: RunSummary) => boolean): RunColumn {
  return { key, label, width: 84, align: 'start', value, text: (run) => (value(run) ? 'yes' : '') }
}

function moment(key: string, label: string, value: (run: RunSummary) => string | null): RunColumn {
  const written = (run: RunSummary): string => {
    const found = value(run)
    return found === null ? NOTHING : writeMoment(found)
  }
  return { key, label, width: 150, align: 'start', value, text: written }
}
