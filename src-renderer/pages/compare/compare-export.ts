// The table of a comparison as a file: what is shown, cell by cell, safe to open in a spreadsheet.
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import type { Column } from '../../parts/table/column.ts'
import { writeCsv } from '../../parts/table/export-table.ts'
import type { CompareRow } from './compare-rows.ts'

export function writeCompareCsv(runs: readonly ComparedRun[], rows: readonly CompareRow[]): string {
  const text = (key: string, value: (row: CompareRow) => string): Column<CompareRow> => {
    return { key, label: key, align: 'start', width: 0, value, text: value }
  }
  const columns = runs.flatMap(({ id, name }, place) => [
    text(`${name} (${id})`, ({ cells }) => cells[place]?.text ?? ''),
    text(`difference of ${id}`, ({ cells }) => cells[place]?.difference ?? ''),
  ])
  return writeCsv([text('what', ({ label }) => label), ...columns], rows)
}
