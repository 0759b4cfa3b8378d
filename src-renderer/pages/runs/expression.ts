// Conditions in writing, both ways: `learning-rate = 0.01, 0.1 and test-accuracy >= 80 %`. What the chips show, what
// the address keeps, and what can be typed.
import { Failure } from '#shared/failure.ts'
import { COMPARISONS, type Comparison, type Condition } from './conditions.ts'
import { RUN_COLUMNS } from './run-columns.ts'

export function writeExpression(conditions: readonly Condition[]): string {
  return conditions
    .map(({ key, comparison, values }) => `${nameOf(key)} ${comparison} ${writeValues(values)}`)
    .join(' and ')
}

/** @throws Failure 'invalid-setting' that shows the part that was not understood */
export function parseExpression(text: string): readonly Condition[] {
  if (text.trim() === '') return []
  return splitOutsideQuotes(text, /^\s+and\s+/i).map(parseCondition)
}

/** With commas between them; what holds a comma itself stands in quotes. */
export function writeValues(values: readonly string[]): string {
  return values.map(quote).join(', ')
}

export function parseValues(text: string): readonly string[] {
  return splitOutsideQuotes(text, /^\s*,\s*/)
    .map(unquote)
    .filter((value) => value !== '')
}

/** `testAccuracy` -> `test-accuracy` */
export function nameOf(key: string): string {
  return key.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase()
}

const PATTERN = /^\s*([\w-]+)\s*(>=|<=|!=|≥|≤|≠|=|>|<|\bhas\b)\s*(.*)$/su
const SIGNS: Readonly<Record<string, Comparison>> = { '≥': '>=', '≤': '<=', '≠': '!=' }

function parseCondition(text: string): Condition {
  const [, name = '', sign = '', rest = ''] = PATTERN.exec(text) ?? []
  const column = RUN_COLUMNS.find(({ key }) => nameOf(key) === name.toLowerCase() || key === name)
  const comparison = SIGNS[sign] ?? COMPARISONS.find((one) => one === sign)
  if (name === '' || comparison === undefined) {
    throw new Failure(
      'invalid-setting',
      `“${text.trim()}” is no condition. Write one like model = tiny-vgg or test-accuracy >= 80 %.`,
    )
  }
  if (column === undefined)
    throw new Failure('invalid-setting', `There is no column ${name}.${suggest(name)}`)
  const values = parseValues(rest)
  if (values.length === 0)
    throw new Failure('invalid-setting', `${name} ${sign} is compared with nothing: add a value.`)
  return { key: column.key, comparison, values }
}

function suggest(name: string): string {
  const near = RUN_COLUMNS.map(({ key }) => nameOf(key)).find((one) =>
    one.startsWith(name.toLowerCase().slice(0, 4)),
  )
  return near === undefined ? '' : ` Did you mean ${near}?`
}

function quote(value: string): string {
  return /[,"]|\sand\s|^\s|\s$/i.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function unquote(text: string): string {
  const trimmed = text.trim()
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed
}

/** @param separator anchored at its start */
function splitOutsideQuotes(text: string, separator: RegExp): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    const found = isQuoted ? null : separator.exec(text.slice(at))
    if (found === null) continue
    parts.push(text.slice(start, at))
    start = at + found[0].length
    at = start - 1
  }
  return [...parts, text.slice(start)]
}
