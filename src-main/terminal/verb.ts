// What a verb of the command line is: its words for the help, its flags, and what it does.
import type { Home } from '../home.ts'

export interface Flag {
  /** How its value is written in the help, such as N or DIR; absent for a switch. */
  readonly value?: string
  readonly help: string
}

/** The command line as the verb gets it. */
export interface Arguments {
  readonly positionals: readonly string[]
  /** By name without dashes; a switch is `true`, a flag that was not given is absent. */
  readonly flags: Readonly<Record<string, string | true>>
}

export interface Terminal {
  /** A line for stdout: results. */
  print(line: string): void
  /** A line for stderr: what happens meanwhile. */
  note(line: string): void
  /** Replaces the line that the last `status` wrote; nothing where stderr is not a terminal. */
  status(line: string): void
  /** Whether results are to be one JSON object a line. */
  readonly json: boolean
}

export interface Context {
  readonly terminal: Terminal
  readonly home: Home
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal
}

export interface Verb {
  readonly name: string
  /** What follows the verb, such as `ID…`. */
  readonly usage: string
  readonly summary: string
  readonly flags: Readonly<Record<string, Flag>>
  /** @returns the exit code */
  run(input: Arguments, context: Context): Promise<number>
}

export const EXIT_DONE = 0
/** What was asked for was tried and did not succeed. */
export const EXIT_FAILED = 1
/** What was asked for cannot be: a bad flag, file or id. */
export const EXIT_REFUSED = 2
/** Ended by Ctrl-C, as shells count it. */
export const EXIT_INTERRUPTED = 130
