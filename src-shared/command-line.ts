// The command that repeats a run: every setting as a flag, none left to a default that another version may change.
import type { EngineChoice } from './engine.ts'
import type { Experiment } from './experiment.ts'
import { usesMarks } from './marks.ts'
import { flagOf, SETTINGS, type Setting } from './settings.ts'

export interface CommandOptions {
  readonly engine: EngineChoice
  /** The folder that is used instead of an installed dataset, or null. */
  readonly directory: string | null
}

/** `atelier train` with its arguments, one word each, not yet quoted. */
export function commandWords(experiment: Experiment, { engine, directory }: CommandOptions): string[] {
  const settings = SETTINGS.filter(({ name }) => {
    if (name === 'dataset') return directory === null
    return name !== 'marks' || usesMarks(experiment) // otherwise they say nothing
  })
  const source = directory === null ? [] : ['--data', directory]
  const words = settings.flatMap((setting) => settingWords(setting, readSetting(experiment, setting)))
  return ['atelier', 'train', ...source, ...words, '--engine', engine]
}

/** The command as one line for a POSIX shell. */
export function writeCommand(experiment: Experiment, options: CommandOptions): string {
  return commandWords(experiment, options).map(quote).join(' ')
}

function writeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A setting's value; undefined where the chosen model or optimizer does not have it. */
export function readSetting(experiment: Experiment, { path: [first, second] }: Setting): unknown {
  const settings: Readonly<Record<string, unknown>> = experiment
  const value = settings[first]
  if (second === undefined || !isRecord(value)) return value
  return value[second]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function settingWords(setting: Setting, value: unknown): string[] {
  const flag = `--${flagOf(setting)}`
  if (value === undefined || value === null || value === false) return []
  if (value === true) return [flag]
  return [flag, Array.isArray(value) ? value.join(',') : writeValue(value)]
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
