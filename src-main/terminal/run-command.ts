// One command from its words to its exit code: finds the verb, parses, runs, and turns a failure into one sentence.
import { describeFailure, Failure } from '#shared/failure.ts'
import { locateHome } from '../home.ts'
import { describeVerb, describeVerbs } from './help.ts'
import { parseArguments } from './parse-command.ts'
import { textFlag } from './text-flag.ts'
import { EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED, EXIT_REFUSED, type Terminal, type Verb } from './verb.ts'
import { classifyVerb } from './verbs/classify.ts'
import { compareVerb } from './verbs/compare.ts'
import { dataVerb } from './verbs/data.ts'
import { deleteVerb, restoreVerb } from './verbs/delete.ts'
import { evaluateVerb } from './verbs/evaluate.ts'
import { exportVerb } from './verbs/export.ts'
import { exportModelVerb } from './verbs/export-model.ts'
import { exportRunsVerb } from './verbs/export-runs.ts'
import { importRunsVerb } from './verbs/import-runs.ts'
import { paperVerb } from './verbs/paper.ts'
import { reportVerb } from './verbs/report.ts'
import { photosVerb } from './verbs/photos.ts'
import { resumeVerb } from './verbs/resume.ts'
import { runsVerb } from './verbs/runs.ts'
import { showVerb } from './verbs/show.ts'
import { trainVerb } from './verbs/train.ts'

export const VERBS: readonly Verb[] = [
  dataVerb,
  trainVerb,
  resumeVerb,
  runsVerb,
  showVerb,
  evaluateVerb,
  compareVerb,
  exportVerb,
  exportModelVerb,
  exportRunsVerb,
  importRunsVerb,
  reportVerb,
  paperVerb,
  deleteVerb,
  restoreVerb,
  classifyVerb,
  photosVerb,
]

/** @returns the exit code; nothing is thrown but defects of this program */
export async function runCommand(
  words: readonly string[],
  openTerminal: (json: boolean) => Terminal,
  signal: AbortSignal,
): Promise<number> {
  const terminal = openTerminal(words.includes('--json'))
  return tellFailures(terminal, signal, () => dispatch(words, terminal, signal))
}

/** One verb that has an entry of its own. @returns the exit code */
export async function runVerb(
  verb: Verb,
  words: readonly string[],
  openTerminal: (json: boolean) => Terminal,
  signal: AbortSignal,
): Promise<number> {
  const terminal = openTerminal(words.includes('--json'))
  return tellFailures(terminal, signal, () => run(verb, words, terminal, signal))
}

async function tellFailures(
  terminal: Terminal,
  signal: AbortSignal,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    terminal.status('')
    const { code, message } = describeFailure(error)
    terminal.note(message)
    if (signal.aborted) return EXIT_INTERRUPTED
    return code === 'unavailable' ? EXIT_FAILED : EXIT_REFUSED
  }
}

async function dispatch(words: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined) {
    terminal.note(describeVerbs(VERBS))
    return EXIT_REFUSED
  }
  if (name === 'help' || name === '--help') {
    terminal.print(describeVerbs(VERBS))
    return EXIT_DONE
  }
  const verb = VERBS.find((candidate) => candidate.name === name)
  if (verb === undefined) {
    const known = VERBS.map((candidate) => candidate.name).join(', ')
    throw new Failure('invalid-setting', `There is no verb ${JSON.stringify(name)}. Choose one of: ${known}.`)
  }
  return run(verb, rest, terminal, signal)
}

async function run(
  verb: Verb,
  words: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const input = parseArguments(verb, words)
  if (input.flags['help'] === true) {
    terminal.print(describeVerb(verb))
    return EXIT_DONE
  }
  const home = locateHome(textFlag(input, 'home') ?? undefined)
  return verb.run(input, { terminal, home, signal })
}
