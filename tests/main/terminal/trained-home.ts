// A data folder with one completed run, made by the command line itself, for the tests of one file.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { writePatterns } from '../training/patterns.ts'
import { atelier, type CommandResult } from './command.ts'

export type Json = Readonly<Record<string, unknown>>

/** A second's work. */
export const QUICK = ['--model', 'mlp', '--hidden-units', '16', '--epochs', '2', '--engine', 'wasm']
/** Trains until it is ended. */
export const LONG = ['--model', 'mlp', '--hidden-units', '16', '--epochs', '5000', '--engine', 'wasm']
/** A spreadsheet would take it for a formula. */
export const NAME = '=HYPERLINK("x")'

export interface TrainedHome {
  /** A folder for whatever a test makes beside it. */
  readonly parent: string
  /** The folder of a tiny dataset. */
  readonly patterns: string
  readonly home: string
  /** What `train --json` said. */
  readonly trained: CommandResult
  /** The run in its last line. */
  readonly run: Json
  readonly id: string
}

/** Registered here because Vitest does not run what is registered inside a `beforeAll`. */
const made: string[] = []
afterAll(() => Promise.all(made.map((parent) => rm(parent, { recursive: true, force: true }))))

/** To be called in `beforeAll`; everything goes after the tests of the file. */
export async function makeTrainedHome(): Promise<TrainedHome> {
  const parent = await mkdtemp(join(tmpdir(), 'atelier-cli-'))
  made.push(parent)
  const patterns = await writePatterns(parent)
  const home = join(parent, 'home')
  const words = ['train', '--home', home, '--data', patterns, ...QUICK, '--name', NAME, '--json']
  const trained = await atelier(...words)
  const { run } = parseLines(trained).at(-1) as { run: Json }
  return { parent, patterns, home, trained, run, id: String(run['id']) }
}

/** One JSON object a line. */
export function parseLines({ lines }: CommandResult): Json[] {
  return lines.map((line) => JSON.parse(line) as Json)
}
