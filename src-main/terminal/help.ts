// Help texts, made from what the verbs say of themselves.
import { COMMON_FLAGS } from './parse-command.ts'
import type { Flag, Verb } from './verb.ts'

export function describeVerbs(verbs: readonly Verb[]): string {
  const rows = verbs.map((verb) => [`  ${verb.name} ${verb.usage}`.trimEnd(), verb.summary] as const)
  return [
    'Usage: atelier VERB [flags]',
    '',
    ...alignColumns(rows),
    '',
    'Every verb takes --home DIR, --json and --help.',
  ].join('\n')
}

export function describeVerb(verb: Verb): string {
  const flags = Object.entries<Flag>({ ...verb.flags, ...COMMON_FLAGS })
  const rows = flags.map(([name, flag]) => [`  --${name} ${flag.value ?? ''}`.trimEnd(), flag.help] as const)
  return [
    `Usage: atelier ${verb.name} ${verb.usage}`.trimEnd(),
    '',
    verb.summary,
    '',
    ...alignColumns(rows),
  ].join('\n')
}

function alignColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => left.padEnd(width) + right)
}
