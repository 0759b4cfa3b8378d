// A report as files: one HTML file, and each of its tables as CSV and LaTeX.
import { listTables, type Report } from '#shared/report/report.ts'
import { writeHtml } from '#shared/report/write-html.ts'
import { writeLatexTable } from '#shared/report/write-latex.ts'
import { encodeCsv } from '../exports/csv.ts'

export interface ReportFile {
  readonly name: string
  readonly text: string
}

export function writeReportFiles(report: Report): readonly ReportFile[] {
  const tables = listTables(report).flatMap((table, index): ReportFile[] => {
    const name = `table-${String(index + 1).padStart(2, '0')}`
    return [
      { name: `${name}.csv`, text: `${encodeTable(table.columns, table.rows)}\n` },
      { name: `${name}.tex`, text: writeLatexTable(table) },
    ]
  })
  return [{ name: 'report.html', text: writeHtml(report) }, ...tables]
}

/** Columns may share a name, such as an empty one; CSV columns here are told apart by their place. */
function encodeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = columns.map((column, index) =>
    columns.indexOf(column) === index ? column : `${column} ${index + 1}`,
  )
  return encodeCsv(
    names,
    rows.map((row) => Object.fromEntries(row.map((cell, index) => [names[index] ?? '', cell]))),
  )
}
