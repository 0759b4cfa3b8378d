// Comma-separated values that a spreadsheet opens as text and numbers, never as formulas.
import Papa from 'papaparse'

/**
 * Texts that begin like a formula, or with apostrophes before one, get an apostrophe in front, as OWASP advises;
 * numbers stay numbers.
 */
export function encodeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  return Papa.unparse(
    { fields: [...columns], data: rows.map((row) => columns.map((column) => row[column] ?? '')) },
    { escapeFormulae: /^'*[=+\-@\t\r].*$/s, newline: '\n' },
  )
}
