// Tables as files. CSV is written so that a spreadsheet opens texts as texts: what begins like a formula gets an
// apostrophe in front, as OWASP advises; numbers stay numbers.
import type { Cell, Column } from './column.ts'

export function writeCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ key }) => quoteCell(key)),
    ...rows.map((row) => columns.map(({ value }) => quoteCell(value(row)))),
  ]
  return `${lines.map((cells) => cells.join(',')).join('\n')}\n`
}

export function writeJson<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const records = rows.map((row) => Object.fromEntries(columns.map(({ key, value }) => [key, value(row)])))
  return `${JSON.stringify(records, null, 2)}\n`
}

function quoteCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\n\r]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
