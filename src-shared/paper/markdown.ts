// The tables as Markdown, for docs/paper and for whoever wants them in a text.
import {
  describeCollapse,
  describeEngines,
  describeReason,
  describeSeeds,
  describeVerdict,
  writeDifference,
  writeHalfInterval,
  writeMean,
  writePrinted,
  writeSeconds,
} from './paper-words.ts'
import type { PaperState } from './paper-state.ts'
import type { PaperTable } from './plan.ts'
import { METRIC_NAMES, type MetricName } from './printed-figures.ts'
import { METRIC_LABELS, type PaperRowResult, type PaperTableResult } from './table-results.ts'

/** @param state what the tables were built from */
export function writeMarkdown(tables: readonly PaperTableResult[], state: PaperState): string {
  return `${[...openingLines(state), ...tables.flatMap((table) => ['', ...tableLines(table)])].join('\n')}\n`
}

function openingLines({ dataset, reservation, evidence }: PaperState): string[] {
  const engines = [...new Set(evidence.map(({ engine }) => engine))].join(', ')
  return [
    '# The paper’s tables, run again',
    '',
    'Written by `atelier paper export`; do not edit. Each row has two lines: the printed figures, and ours as the mean ' +
      'over seeds with half of its 95 % interval; below them ours minus the printed ones. A row agrees when no ' +
      'accuracy departs by more than 0.6 points, which is two standard deviations of the seven figures that the paper ' +
      'and its notebook give of one and the same training. Rows in italics are not in the paper.',
    '',
    `Trained on ${dataset.name} (${dataset.trainCount} training and ${dataset.testCount} test images, content ` +
      `\`${dataset.hash.slice(0, 12)}\`) with the engine ${engines === '' ? '–' : engines}.`,
    ...(reservation === null ? [] : ['', `**${reservation}**`]),
  ]
}

function tableLines({ table, rows, findings }: PaperTableResult): string[] {
  return [
    `## ${table.id === 'ANN' ? 'Beside the tables' : `Table ${table.id}`}: ${table.title}`,
    '',
    `| ${[table.factor, '', ...METRIC_NAMES.map((metric) => METRIC_LABELS[metric]), 'Seconds', 'Verdict'].join(' | ')} |`,
    `|${' --- |'.repeat(8)}`,
    ...rows.flatMap(rowLines),
    '',
    ...rows.flatMap(noteLines),
    ...findings.flatMap(({ finding, shown }) => [
      '',
      `**${finding.title}.** ${finding.text}${shown === null ? '' : ` *${shown}*`}`,
    ]),
    '',
    `Repeat the table: \`atelier paper run --tables ${table.id}\`. One row with seed 42: ${presetCommands(table)}.`,
  ]
}

function rowLines(result: PaperRowResult): string[] {
  const { row, seconds, verdict } = result
  const label = row.kind === 'paper' ? `**${row.label}**` : `*${row.label}*`
  const printed = METRIC_NAMES.map((metric) => writePrinted(metric, result.cells[metric]))
  const ours = METRIC_NAMES.map((metric) => writeOurs(metric, result))
  const time = `${writeSeconds(seconds.ours)}${seconds.ours === null || seconds.isAlone ? '' : ' (busy)'}`
  const print =
    row.printed === null ? [] : [cells([label, 'printed', ...printed, row.printed.seconds ?? '–', ''])]
  return [
    ...print,
    cells([
      row.printed === null ? label : '',
      describeSeeds(result),
      ...ours,
      time,
      describeVerdict(verdict),
    ]),
  ]
}

function writeOurs(metric: MetricName, { cells: all }: PaperRowResult): string {
  const cell = all[metric]
  const difference = writeDifference(metric, cell)
  const parts = [
    writeMean(metric, cell),
    writeHalfInterval(metric, cell),
    difference === '' ? '' : `(${difference})`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}

function noteLines(result: PaperRowResult): string[] {
  const { row, verdict } = result
  const parts = [
    row.note,
    describeReason(verdict),
    describeCollapse(result) ?? '',
    describeEngines(result) ?? '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? [] : [`- ${row.label}: ${parts.join(' ')}`]
}

/** Of the rows that a preset gives as they are. */
function presetCommands({ rows }: PaperTable): string {
  const presets = rows.filter(({ isPreset }) => isPreset).map(({ preset }) => preset)
  return presets.map((preset) => `\`atelier train --preset ${preset}\``).join(', ')
}
