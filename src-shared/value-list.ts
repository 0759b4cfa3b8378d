// The text of a form's field and the values that it stands for: one, several with commas between them, a range `1..5`
// of whole numbers, or a ladder `10, 20, ..., 50` (three values in equal ratio, `8, 16, 32, ..., 256`, go on in ratio).
import { Failure } from './failure.ts'
import { allowsAll, describeLimits, isAllowed, type SettingValue } from './setting-limits.ts'
import type { Setting } from './settings.ts'

export const MAX_SWEEP_RUNS = 5000

/** More digits than people write. */
const DIGITS = 12

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const NEEDLESS_ZERO = /^[+-]?0\d/
const RANGE = /^(\d+)\s*\.{2,3}\s*(\d+)$/
const ELLIPSIS = /^(\.{2,}|…)$/

/**
 * All values in their order, each once; empty for an empty text.
 * @throws Failure 'invalid-setting' that says what the text should be
 */
export function parseValueList(setting: Setting, text: string): readonly SettingValue[] {
  const tokens = text.split(',').map((token) => token.trim())
  if (tokens.at(-1) === '') tokens.pop()
  const values: SettingValue[] = []
  tokens.forEach((token, index) => {
    if (ELLIPSIS.test(token)) values.push(...climb(setting, values, tokens[index + 1]))
    else values.push(...parseToken(setting, token))
    if (values.length > MAX_SWEEP_RUNS) throw refuse(setting, `has more than ${MAX_SWEEP_RUNS} values`)
  })
  values.forEach((value) => requireAllowed(setting, value))
  return [...new Map(values.map((value) => [formatValue(value), value])).values()]
}

/** The text that stands for values; `parseValueList` turns it back into them. */
export function formatValueList(values: readonly SettingValue[]): string {
  return values.map(formatValue).join(', ')
}

export function formatValue(value: SettingValue): string {
  if (value === null) return 'all'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'object' ? value.join('-') : String(value)
}

function parseToken(setting: Setting, token: string): readonly SettingValue[] {
  switch (setting.value.kind) {
    case 'choice':
      return [token]
    case 'text':
      return [token]
    case 'switch':
      return [parseSwitch(setting, token)]
    case 'whole-numbers':
      return [token.split('-').map((part) => parseWholeNumber(setting, part.trim()))]
    case 'number':
      return [parseNumber(setting, token)]
    case 'whole-number':
      return token.toLowerCase() === 'all' && allowsAll(setting) ? [null] : parseRange(setting, token)
    default:
      return setting.value satisfies never
  }
}

function parseSwitch(setting: Setting, token: string): boolean {
  if (token === 'on' || token === 'off') return token === 'on'
  throw refuse(setting, `is on or off, found ${JSON.stringify(token)}`)
}

function parseRange(setting: Setting, token: string): readonly number[] {
  const [, from, to] = RANGE.exec(token) ?? []
  if (from === undefined || to === undefined) return [parseWholeNumber(setting, token)]
  const [first, last] = [Number(from), Number(to)]
  const count = Math.abs(last - first) + 1
  if (count > MAX_SWEEP_RUNS) throw refuse(setting, `has ${count.toLocaleString('en')} values`)
  return Array.from({ length: count }, (_, index) => first + Math.sign(last - first) * index)
}

function parseWholeNumber(setting: Setting, token: string): number {
  const value = parseNumber(setting, token)
  if (Number.isInteger(value)) return value
  throw refuse(setting, `wants whole numbers, found ${token}`)
}

function parseNumber(setting: Setting, token: string): number {
  if (NEEDLESS_ZERO.test(token)) {
    throw refuse(setting, `cannot read ${token}; a comma stands between two values, so write 5000 and 0.01`)
  }
  if (NUMBER.test(token)) return Number(token)
  if (RANGE.test(token)) throw refuse(setting, 'has no ranges; write its values, such as 0.001, 0.01, 0.1')
  throw refuse(
    setting,
    `wants ${expected(setting)}, found ${token === '' ? 'nothing' : JSON.stringify(token)}`,
  )
}

/** What an ellipsis stands for: the steps between the last value and `end`, which follows it. */
function climb(
  setting: Setting,
  values: readonly SettingValue[],
  end: string | undefined,
): readonly number[] {
  const kind = setting.value.kind
  const start = values.filter((value) => typeof value === 'number')
  if ((kind !== 'number' && kind !== 'whole-number') || start.length < 2 || start.length < values.length) {
    throw refuse(setting, 'needs two numbers before the dots, such as 10, 20, ..., 50')
  }
  if (end === undefined) throw refuse(setting, 'needs a last value after the dots, such as 10, 20, ..., 50')
  const last = parseNumber(setting, end)
  const [before = 0, from = 0] = start.slice(-2)
  const ratio = commonRatio(start)
  const exact = ratio === null ? (last - from) / (from - before) : Math.log(last / from) / Math.log(ratio)
  const steps = Math.round(exact)
  if (!(steps >= 1) || Math.abs(exact - steps) > 1e-6)
    throw refuse(setting, `does not reach ${last} in these steps`)
  if (steps > MAX_SWEEP_RUNS) throw refuse(setting, `has ${steps.toLocaleString('en')} values`)
  const step = (index: number): number =>
    ratio === null ? from + (from - before) * index : from * ratio ** index
  // The end itself follows as a token of its own.
  return Array.from({ length: steps - 1 }, (_, index) => asWritten(step(index + 1)))
}

/** A computed number as people would write it: without the digits that binary fractions add, as in 7.000000000000001. */
export function asWritten(value: number): number {
  return Number(value.toPrecision(DIGITS))
}

/** The ratio that three or more values have in common; null where they have none. */
function commonRatio(values: readonly number[]): number | null {
  const [first = 0, second = 0] = values
  const ratio = second / first
  const next = (value: number, index: number): boolean =>
    index === 0 || Math.abs(value / (values[index - 1] ?? 0) / ratio - 1) < 1e-9
  return values.length > 2 && ratio > 0 && ratio !== 1 && values.every(next) ? ratio : null
}

function requireAllowed(setting: Setting, value: SettingValue): void {
  if (isAllowed(setting, value)) return
  throw refuse(setting, `wants ${expected(setting)}, found ${formatValue(value)}`)
}

function expected({ value, ...setting }: Setting): string {
  if (value.kind === 'choice') return value.choices.join(' or ')
  const limits = describeLimits({ ...setting, value })
  return value.kind === 'whole-numbers' ? `sizes joined by hyphens, each ${limits}` : limits
}

function refuse({ label }: Setting, what: string): Failure {
  return new Failure('invalid-setting', `${label} ${what}.`)
}
