// Numbers in flags.
import { Failure } from '#shared/failure.ts'

/** @throws Failure 'invalid-setting' for a text that is no number */
export function parseNumber(flag: string, text: string | true): number {
  const number = Number(text)
  if (text !== true && text.trim() !== '' && Number.isFinite(number)) return number
  throw new Failure('invalid-setting', `--${flag} wants a number, found ${JSON.stringify(text)}.`)
}

/** @throws Failure 'invalid-setting' for a text that is no whole number */
export function parseWholeNumber(flag: string, text: string | true): number {
  const number = parseNumber(flag, text)
  if (Number.isInteger(number)) return number
  throw new Failure('invalid-setting', `--${flag} wants a whole number, found ${JSON.stringify(text)}.`)
}
