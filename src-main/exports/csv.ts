// Comma-separated values that a spreadsheet opens as text and numbers, never as formulas.
import Papa from 'papaparse'
import { Failure } from '#shared/failure.ts'

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

/**
 * Rows by the names in the first line, each text as `encodeCsv` was given it.
 * @throws Failure 'invalid-file' that names the line where it stops being CSV
 */
export function decodeCsv(text: string): Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.trim(), {
    header: true,
    skipEmptyLines: true,
  })
  const [error] = errors.filter(({ code }) => code !== 'UndetectableDelimiter')
  if (error === undefined) return data.map(unescapeFormulae)
  throw new Failure('invalid-file', `Line ${(error.row ?? 0) + 2} is not CSV: ${error.message}.`)
}

/** Takes away the one apostrophe that keeps a text from being a formula. */
function unescapeFormulae(row: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(row).map(([name, text]): [string, string] => [
    name,
    text.replace(/^'(?='*[=+\-@\t\r])/, ''),
  ])
  return Object.fromEntries(entries)
}
