// --top: how many of a ranking are told.
import { Failure } from '#shared/failure.ts'
import { parseWholeNumber } from './parse-number.ts'
import type { Arguments } from './verb.ts'

/**
 * @param usual when the flag is left out
 * @throws Failure 'invalid-setting' for less than 1, or more than `most`
 */
export function readTop({ flags }: Arguments, usual: number, most = Number.POSITIVE_INFINITY): number {
  const top = flags['top'] === undefined ? usual : parseWholeNumber('top', flags['top'])
  if (top >= 1 && top <= most) return top
  const range = Number.isFinite(most) ? `1 to ${most}` : '1 or more'
  throw new Failure('invalid-setting', `--top wants ${range}, found ${top}.`)
}
