// atelier paper show and export: the tables as they stand, printed or kept as files.
import { join } from 'node:path'
import { writeMarkdown } from '#shared/paper/markdown.ts'
import type { PaperRequest, PaperState } from '#shared/paper/paper-state.ts'
import { buildTableResults, type PaperTableResult } from '#shared/paper/table-results.ts'
import { chooseTables } from '#shared/paper/tables.ts'
import { buildDescriber } from '../../datasets/describe-dataset.ts'
import { DatasetLibrary } from '../../datasets/dataset-library.ts'
import { GENERATED_DATASETS } from '../../datasets/generated-datasets.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { readPaper } from '../../paper/read-paper.ts'
import { withReader } from '../open-history.ts'
import { type Context, EXIT_DONE } from '../verb.ts'
import { describeTables } from './paper-text.ts'

/** @returns the exit code */
export async function showPaper(request: PaperRequest, markdown: boolean, context: Context): Promise<number> {
  const { state, tables } = await readTables(request, context)
  const { terminal } = context
  if (terminal.json) for (const line of jsonLines(state, tables)) terminal.print(JSON.stringify(line))
  else if (markdown) terminal.print(writeMarkdown(tables, state).trimEnd())
  else {
    if (state.reservation !== null) terminal.print(state.reservation)
    for (const line of describeTables(tables)) terminal.print(line)
    terminal.print('')
    terminal.print(
      '± is half of the 95 % interval of the mean over seeds; * marks times taken while other work may have run.',
    )
  }
  return EXIT_DONE
}

/** Writes tables.md, and results.json from which the tables can be built again. @returns the exit code */
export async function exportPaper(request: PaperRequest, folder: string, context: Context): Promise<number> {
  const { state, tables } = await readTables(request, context)
  const files = [
    ['tables.md', writeMarkdown(tables, state)],
    ['results.json', writeResults(request, state)],
  ] as const
  await makeFolder(folder)
  for (const [name, text] of files) {
    await writeFileAtomically(join(folder, name), text)
    context.terminal.note(`Wrote ${join(folder, name)}.`)
  }
  return EXIT_DONE
}

async function readTables(
  request: PaperRequest,
  context: Context,
): Promise<{ state: PaperState; tables: readonly PaperTableResult[] }> {
  const library = new DatasetLibrary({ directory: context.home.datasets, generated: GENERATED_DATASETS })
  const describeDataset = buildDescriber(library)
  const state = await withReader(context, (store) => readPaper({ store, describeDataset }, request))
  return { state, tables: buildTableResults(chooseTables(request.tables), state) }
}

/** One object a line: what it is of, then each row. */
function jsonLines({ dataset, reservation }: PaperState, tables: readonly PaperTableResult[]): object[] {
  const rows = tables.flatMap(({ table, rows: results }) =>
    results.map(({ row: { id, label, kind, printed, settings }, ...result }) => ({
      ...{ type: 'row', table: table.id, id, label, kind, settings, printed },
      ...result,
    })),
  )
  const findings = tables.flatMap(({ table, findings: results }) =>
    results.map(({ finding, shown }) => ({ type: 'finding', table: table.id, ...finding, shown })),
  )
  return [{ type: 'paper', dataset, reservation }, ...rows, ...findings]
}

/** A line for each piece of evidence, so that a change of one row is a change of one line. */
function writeResults(
  request: PaperRequest,
  { dataset, reservation, evidence, timings }: PaperState,
): string {
  const lines = (records: readonly object[]): string =>
    records.map((record) => `    ${JSON.stringify(record)}`).join(',\n')
  return [
    '{',
    `  "request": ${JSON.stringify(request)},`,
    `  "dataset": ${JSON.stringify(dataset)},`,
    `  "reservation": ${JSON.stringify(reservation)},`,
    `  "evidence": [\n${lines(evidence)}\n  ],`,
    `  "timings": [\n${lines(timings)}\n  ]`,
    '}',
    '',
  ].join('\n')
}
