// atelier export: the history as CSV, safe to open in a spreadsheet, or as JSON.
import { Failure } from '#shared/failure.ts'
import type { RunSummary } from '#shared/run-list.ts'
import { encodeCsv } from '../../exports/csv.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import { withReader } from '../open-history.ts'
import { flattenSummary } from '../run-json.ts'
import { QUERY_FLAGS, readQuery } from '../run-query-flags.ts'
import { textFlag } from '../text-flag.ts'
import { EXIT_DONE, type Verb } from '../verb.ts'
import { refusePositionals } from '../positionals.ts'

export const exportVerb: Verb = {
  name: 'export',
  usage: '[--csv|--json] [--to FILE] [filters]',
  summary: 'Write the history as CSV (or JSON, one array) to a file or to standard output.',
  flags: {
    csv: { help: 'Comma-separated values, which is the default.' },
    to: { value: 'FILE', help: 'Write to this file instead of standard output.' },
    ...QUERY_FLAGS,
  },
  async run(input, context) {
    refusePositionals(exportVerb, input)
    if (input.flags['csv'] === true && context.terminal.json)
      throw new Failure('invalid-setting', 'Give --csv or --json, not both.')
    const query = readQuery(input)
    const { runs, unreadable } = await withReader(context, (store) => store.listRuns(query))
    const { terminal } = context
    for (const { message } of unreadable) terminal.note(message)
    const text = terminal.json ? JSON.stringify(runs.map(flattenSummary), null, 2) : encodeRuns(runs)
    const file = textFlag(input, 'to')
    if (file === null) {
      terminal.print(text)
      return EXIT_DONE
    }
    await writeFileAtomically(file, `${text}\n`)
    terminal.note(`Wrote ${runs.length} runs to ${file}.`)
    return EXIT_DONE
  },
}

/** Columns of all runs, in the order in which they first appear. */
function encodeRuns(runs: readonly RunSummary[]): string {
  const rows = runs.map((run) => flattenColumns(flattenSummary(run)))
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return encodeCsv(columns, rows)
}

/** Nested settings and the evaluation become columns of their own: `evaluationAccuracy`. */
function flattenColumns(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value)) return [[name, value.join(' ')]]
    if (typeof value !== 'object' || value === null) return [[name, value]]
    return Object.entries(value)
      .filter(([inner]) => inner !== 'name')
      .map(([inner, nested]) => [joinName(name, inner), Array.isArray(nested) ? nested.join(' ') : nested])
  })
  return Object.fromEntries(entries)
}

function joinName(outer: string, inner: string): string {
  return `${outer.replace(/Settings$/, '')}${inner.charAt(0).toUpperCase()}${inner.slice(1)}`
}
