// From the words of a command line to a verb and its arguments, refusing what is not known.
import { parseArgs } from 'node:util'
import { Failure } from '#shared/failure.ts'
import type { Arguments, Flag, Verb } from './verb.ts'

/** Flags that every verb has. */
export const COMMON_FLAGS = {
  home: {
    value: 'DIR',
    help: 'The data folder; otherwise ATELIER_HOME or the place that the system has for it.',
  },
  json: { help: 'Print one JSON object a line.' },
  help: { help: 'Show this help.' },
} as const satisfies Record<string, Flag>

/** @throws Failure 'invalid-setting' that names the word at fault and what would be right */
export function parseArguments(verb: Verb, words: readonly string[]): Arguments {
  const flags: Record<string, Flag> = { ...COMMON_FLAGS, ...verb.flags }
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, { type: typeOf(flag) }] as const),
  )
  try {
    const args = joinDashedValues(flags, words)
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== false)
    return { positionals, flags: Object.fromEntries(given) as Arguments['flags'] }
  } catch (error) {
    throw new Failure('invalid-setting', explain(verb, error), { cause: error })
  }
}

/** `--sort -createdAt` as `--sort=-createdAt`: no flag has a single dash, so such a word can only be a value. */
function joinDashedValues(flags: Readonly<Record<string, Flag>>, words: readonly string[]): string[] {
  return words.reduce<string[]>((joined, word) => {
    const flag = joined.at(-1) ?? ''
    const wantsValue = flag.startsWith('--') && flags[flag.slice(2)]?.value !== undefined
    return wantsValue && /^-[^-]/.test(word) ? [...joined.slice(0, -1), `${flag}=${word}`] : [...joined, word]
  }, [])
}

function typeOf(flag: Flag): 'string' | 'boolean' {
  return flag.value === undefined ? 'boolean' : 'string'
}

function explain(verb: Verb, error: unknown): string {
  const text = error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? '') : String(error)
  return `${text}. "atelier ${verb.name} --help" lists what is possible.`
}
