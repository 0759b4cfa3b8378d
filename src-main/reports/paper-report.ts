// The paper's tables as a report: printed figures and ours, verdicts with their reasons, and what does not hold.
import {
  describeCollapse,
  describeEngines,
  describeReason,
  describeSeeds,
  describeTiming,
  describeVerdict,
  writeDifference,
  writeHalfInterval,
  writeMean,
  writePrinted,
} from '#shared/paper/paper-words.ts'
import type { PaperState } from '#shared/paper/paper-state.ts'
import { METRIC_NAMES } from '#shared/paper/printed-figures.ts'
import { METRIC_LABELS, type PaperRowResult, type PaperTableResult } from '#shared/paper/table-results.ts'
import type { Report, ReportBlock } from '#shared/report/report.ts'

export interface PaperForReport {
  readonly tables: readonly PaperTableResult[]
  readonly state: PaperState
  /** Of Atelier. */
  readonly version: string
  /** ISO. */
  readonly writtenAt: string
}

export function buildPaperReport({ tables, state, version, writtenAt }: PaperForReport): Report {
  const { dataset, reservation, evidence } = state
  const engines = [...new Set(evidence.map(({ engine }) => engine))].join(', ')
  return {
    title: 'The paper’s tables, run again',
    about: [
      `Written by Atelier ${version}, ${writtenAt}.`,
      `Data: ${dataset.name}, ${dataset.trainCount} training and ${dataset.testCount} test images, content ${dataset.hash}.`,
      ...(engines === '' ? [] : [`Engine: ${engines}.`]),
    ],
    blocks: [
      ...(reservation === null ? [] : [{ kind: 'warning', text: reservation } as const]),
      {
        kind: 'text',
        text:
          'Ours are means over seeds, with half of the 95 % interval of the mean; in brackets ours minus the printed ' +
          'figure. A row agrees when no accuracy departs by more than 0.6 points.',
      },
      ...tables.flatMap(tableBlocks),
    ],
  }
}

function tableBlocks({ table, rows, findings }: PaperTableResult): readonly ReportBlock[] {
  const name = table.id === 'ANN' ? 'Beside the tables' : `Table ${table.id}`
  const presets = table.rows.filter(({ isPreset }) => isPreset).map(({ preset }) => preset)
  return [
    { kind: 'heading', text: `${name}: ${table.title}` },
    {
      kind: 'table',
      caption: `${name}, ${table.title}`,
      columns: [
        table.factor,
        '',
        ...METRIC_NAMES.map((metric) => METRIC_LABELS[metric]),
        'Seconds',
        'Verdict',
      ],
      rows: rows.flatMap(rowLines),
      notes: rows.flatMap(noteOf),
    },
    ...findings.map(({ finding, shown }): ReportBlock => {
      return {
        kind: 'text',
        title: finding.title,
        text: `${finding.text}${shown === null ? '' : ` ${shown}`}`,
      }
    }),
    {
      kind: 'commands',
      lines: [
        { about: 'Repeat the table', command: `atelier paper run --tables ${table.id}` },
        ...presets.map((preset) => ({
          about: 'One row with seed 42',
          command: `atelier train --preset ${preset}`,
        })),
      ],
    },
  ]
}

/** Printed above ours; a row that the paper does not have is ours alone. */
function rowLines(result: PaperRowResult): readonly (readonly string[])[] {
  const { row, cells, seconds, verdict } = result
  const printed = [row.label, 'printed', ...METRIC_NAMES.map((metric) => writePrinted(metric, cells[metric]))]
  const ours = METRIC_NAMES.map((metric) => {
    const cell = cells[metric]
    const difference = writeDifference(metric, cell)
    const parts = [writeMean(metric, cell), writeHalfInterval(metric, cell)]
    return [...parts, difference === '' ? '' : `(${difference})`].filter((part) => part !== '').join(' ')
  })
  const label = row.printed === null ? row.label : ''
  const own = [label, describeSeeds(result), ...ours, describeTiming(seconds), describeVerdict(verdict)]
  return row.printed === null ? [own] : [[...printed, row.printed.seconds ?? '–', ''], own]
}

function noteOf(result: PaperRowResult): readonly string[] {
  const { row, verdict } = result
  const parts = [row.note, describeReason(verdict), describeCollapse(result), describeEngines(result)]
  const said = parts.filter((part) => part !== null && part !== '')
  return said.length === 0 ? [] : [`${row.label}: ${said.join(' ')}`]
}
