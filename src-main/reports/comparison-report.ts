// Runs side by side as a report: what differs, what came of it, what may be claimed, and how to repeat each.
import { describeOrigin } from '#shared/adaptation.ts'
import { writeCommand } from '#shared/command-line.ts'
import type { Verdicts } from '#shared/compare/verdict.ts'
import type { ReportBlock, ReportChart, ReportSeries, Report } from '#shared/report/report.ts'
import { type EpochMetrics, exactAccuracy, type Run } from '#shared/run.ts'
import { compareRows, verdictLines, warnings } from '../terminal/compare-rows.ts'
import { percent } from '../terminal/numbers.ts'

export interface ComparisonForReport {
  readonly runs: readonly Run[]
  readonly verdicts: Verdicts
  /** Of Atelier. */
  readonly version: string
  /** ISO. */
  readonly writtenAt: string
}

/** More lines than that no one tells apart. */
const MOST_LINES = 14

export function buildComparisonReport({ runs, verdicts, version, writtenAt }: ComparisonForReport): Report {
  const [head = [], ...rows] = compareRows(runs, verdicts)
  return {
    title:
      runs.length === 2
        ? `${runs[0]?.name ?? ''} and ${runs[1]?.name ?? ''}`
        : `${runs.length} runs compared`,
    about: [`Written by Atelier ${version}, ${writtenAt}.`, ...describeData(runs), ...describeMachines(runs)],
    blocks: [
      ...warnings(runs).map((text): ReportBlock => ({ kind: 'warning', text })),
      { kind: 'heading', text: 'Side by side' },
      {
        kind: 'table',
        caption: 'Settings that differ, and what came of them',
        columns: head.map((id) => nameColumn(runs, id)),
        rows,
      },
      { kind: 'heading', text: 'What may be claimed' },
      ...verdictLines(runs, verdicts).map((text): ReportBlock => ({ kind: 'text', text })),
      ...curveBlocks(runs),
      ...confusionBlocks(runs),
      { kind: 'heading', text: 'Repeat each run' },
      {
        kind: 'commands',
        lines: runs.map(describeRepetition),
      },
    ],
  }
}

function nameColumn(runs: readonly Run[], id: string): string {
  const run = runs.find((one) => one.id === id)
  return run === undefined ? id : `${run.name} (${id})`
}

function describeData(runs: readonly Run[]): readonly string[] {
  const texts = runs.map(({ dataset }) => `Data: ${dataset.name}, content ${dataset.hash}.`)
  return [...new Set(texts)]
}

function describeMachines(runs: readonly Run[]): readonly string[] {
  const texts = runs.flatMap(({ engine, hardware }) => {
    if (engine === null || hardware === null) return []
    const gpu = hardware.gpu === null ? '' : `, ${hardware.gpu}`
    return [
      `Engine ${engine.name} on ${hardware.processor}, ${hardware.cores} cores, ${hardware.platform}${gpu}.`,
    ]
  })
  return [...new Set(texts)]
}

function curveBlocks(runs: readonly Run[]): readonly ReportBlock[] {
  const shown = runs.slice(0, MOST_LINES)
  const charts: readonly ReportChart[] = [
    chartOf(shown, 'Training loss', 'Loss', 'number', ({ train }) => train.loss),
    chartOf(
      shown,
      'Validation accuracy',
      'Accuracy',
      'percent',
      ({ validation }) => validation && exactAccuracy(validation),
    ),
    chartOf(
      shown,
      'Test accuracy, where it was watched',
      'Accuracy',
      'percent',
      ({ test }) => test && exactAccuracy(test),
    ),
  ]
  const filled = charts.filter(({ series }) => series.length > 0)
  if (filled.length === 0) return []
  const rest = runs.length - shown.length
  const note: readonly ReportBlock[] =
    rest > 0
      ? [{ kind: 'text', text: `The curves are those of the first ${MOST_LINES} runs of ${runs.length}.` }]
      : []
  return [{ kind: 'heading', text: 'Curves' }, ...note, ...filled]
}

function chartOf(
  runs: readonly Run[],
  caption: string,
  yLabel: string,
  format: ReportChart['format'],
  read: (epoch: EpochMetrics) => number | null,
): ReportChart {
  const series = runs.map((run): ReportSeries => {
    const points = run.epochs.flatMap((epoch) => {
      const value = read(epoch)
      return value === null ? [] : [[epoch.epoch, value] as const]
    })
    return { label: run.name, points }
  })
  return {
    kind: 'chart',
    caption,
    xLabel: 'Epoch',
    yLabel,
    format,
    series: series.filter(({ points }) => points.length > 0),
  }
}

/** For two runs at most: more matrices no one reads. */
function confusionBlocks(runs: readonly Run[]): readonly ReportBlock[] {
  if (runs.length > 2) return []
  const tables = runs.flatMap(({ name, evaluation, dataset }): ReportBlock[] => {
    if (evaluation === null) return []
    const { confusionMatrix, classScores, split } = evaluation
    return [
      {
        kind: 'table',
        caption: `${name}: counts on the ${split} images, true class by row, answer by column`,
        columns: ['', ...dataset.classNames, 'Recall'],
        rows: confusionMatrix.map((counts, index) => [
          dataset.classNames[index] ?? String(index),
          ...counts.map(String),
          percent(classScores[index]?.recall),
        ]),
      },
    ]
  })
  return tables.length === 0 ? [] : [{ kind: 'heading', text: 'Confusion' }, ...tables]
}

/** The photos of an adaptation are in the history alone, so that no settings repeat it: it travels as a whole. */
function describeRepetition({ id, name, experiment, engine, dataset }: Run): {
  readonly about: string
  readonly command: string
} {
  const about = `${name} (${id})`
  const origin = describeOrigin(experiment.adaptation)
  if (origin !== null)
    return {
      about: `${about}, adapted with ${origin}: those are kept with the run, which is handed on by`,
      command: `atelier export-runs ${id} --to ${id}.zip`,
    }
  const command = writeCommand(experiment, { engine: engine?.name ?? 'auto', directory: dataset.directory })
  return { about, command }
}
