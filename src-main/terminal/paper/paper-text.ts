// The tables of the paper for a terminal: two lines for a row, the printed figures above ours.
import {
  describeCollapse,
  describeEngines,
  describeReason,
  describeSeeds,
  describeTiming,
  describeVerdict,
  writeHalfInterval,
  writeMean,
  writePrinted,
  writeSeconds,
} from '#shared/paper/paper-words.ts'
import { METRIC_NAMES } from '#shared/paper/printed-figures.ts'
import { METRIC_LABELS, type PaperRowResult, type PaperTableResult } from '#shared/paper/table-results.ts'
import { renderTable } from '../text-table.ts'

export function describeTables(tables: readonly PaperTableResult[]): string[] {
  return tables.flatMap(describeTable)
}

function describeTable({ table, rows, findings }: PaperTableResult): string[] {
  const header = [table.factor, '', ...METRIC_NAMES.map((metric) => METRIC_LABELS[metric]), 'Seconds', '']
  return [
    '',
    `${table.id === 'ANN' ? 'Beside the tables' : `Table ${table.id}`}: ${table.title}`,
    '',
    ...renderTable([header, ...rows.flatMap(rowCells)], [0, 1, 7]),
    ...rows.flatMap(noteLines),
    ...findings.flatMap(({ finding: { title, text }, shown }) => [
      '',
      `${title}. ${text}${shown === null ? '' : ` ${shown}`}`,
    ]),
  ]
}

function rowCells({ row, cells, seconds, verdict, ...result }: PaperRowResult): string[][] {
  const ours = METRIC_NAMES.map((metric) =>
    `${writeMean(metric, cells[metric])} ${writeHalfInterval(metric, cells[metric])}`.trimEnd(),
  )
  const printed = METRIC_NAMES.map((metric) => writePrinted(metric, cells[metric]))
  const print =
    row.printed === null ? [] : [[row.label, 'printed', ...printed, row.printed.seconds ?? '–', '']]
  const busy = describeTiming(seconds) === '' ? '' : '*'
  return [
    ...print,
    [
      row.printed === null ? row.label : '',
      describeSeeds(result),
      ...ours,
      `${writeSeconds(seconds.ours)}${busy}`,
      describeVerdict(verdict),
    ],
  ]
}

function noteLines(result: PaperRowResult): string[] {
  const { row, verdict } = result
  const notes = [describeReason(verdict), describeCollapse(result) ?? '', describeEngines(result) ?? '']
  return notes.filter((note) => note !== '').map((note) => `  ${row.label}: ${note}`)
}
