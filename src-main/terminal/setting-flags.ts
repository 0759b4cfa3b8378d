// Settings of an experiment as flags: one flag for each setting, and from their texts an experiment to be checked.
import type { NewExperiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import { findPreset, PRESETS } from '#shared/presets.ts'
import { flagOf, SETTINGS, type Setting } from '#shared/settings.ts'
import { parseNumber, parseWholeNumber } from './parse-number.ts'
import type { Arguments, Flag } from './verb.ts'

type NewSettings = Omit<NewExperiment, 'dataset'>
type Tree = Record<string, unknown>

const VALUE_NAMES: Readonly<Record<Setting['value']['kind'], string | undefined>> = {
  number: 'X',
  'whole-number': 'N',
  'whole-numbers': 'N,N',
  text: 'ID',
  choice: undefined,
  switch: undefined,
}

/** Flags for all settings, and `--preset`. */
export const SETTING_FLAGS: Readonly<Record<string, Flag>> = {
  preset: { value: 'NAME', help: `Start from: ${PRESETS.map((preset) => preset.name).join(', ')}.` },
  ...Object.fromEntries(SETTINGS.map((setting) => [flagOf(setting), describeFlag(setting)])),
}

function describeFlag({ value, help }: Setting): Flag {
  if (value.kind === 'switch') return { help }
  return { value: value.kind === 'choice' ? value.choices.join('|') : (VALUE_NAMES[value.kind] ?? ''), help }
}

/**
 * The settings that the flags give, on top of those of the preset; the dataset is left to the caller.
 * @throws Failure 'invalid-setting' for a text that is no value, or a setting that the model or optimizer lacks
 */
export function readSettings({ flags }: Arguments): NewSettings {
  const settings: Tree = readPreset(flags['preset'])
  for (const setting of SETTINGS.filter(({ name }) => name !== 'dataset')) {
    const text = flags[flagOf(setting)]
    if (text !== undefined) assign(settings, setting, readValue(setting, text))
  }
  SETTINGS.filter((setting) => flags[flagOf(setting)] !== undefined).forEach((setting) => {
    refuseForeignSetting(settings, setting)
  })
  return settings
}

function readPreset(name: string | true | undefined): Tree {
  if (name === undefined) return {}
  const preset = findPreset(String(name))
  if (preset !== undefined) return structuredClone(preset.settings)
  const known = PRESETS.map((one) => one.name).join(', ')
  throw new Failure('invalid-setting', `There is no preset ${String(name)}. Choose one of: ${known}.`)
}

function readValue(setting: Setting, text: string | true): unknown {
  switch (setting.value.kind) {
    case 'number':
      return parseNumber(flagOf(setting), text)
    case 'whole-number':
      return parseWholeNumber(flagOf(setting), text)
    case 'whole-numbers':
      return String(text)
        .split(',')
        .map((part) => parseWholeNumber(flagOf(setting), part))
    case 'choice':
      return readChoice(setting, setting.value.choices, text)
    case 'text':
    case 'switch':
      return text
    default:
      return setting.value satisfies never
  }
}

function readChoice(setting: Setting, choices: readonly string[], text: string | true): string {
  const choice = choices.find((name) => name === text)
  if (choice !== undefined) return choice
  const found = JSON.stringify(text)
  throw new Failure('invalid-setting', `--${flagOf(setting)} wants ${choices.join(' or ')}, found ${found}.`)
}

/** Choosing another model or optimizer than the preset's leaves its settings behind. */
function assign(settings: Tree, { path: [first, second] }: Setting, value: unknown): void {
  if (second === undefined) {
    settings[first] = value
    return
  }
  const current = (settings[first] ?? { name: DEFAULT_NAMES[first] }) as Tree
  const replaced = second === 'name' && current['name'] !== value
  settings[first] = replaced ? { name: value } : { ...current, [second]: value }
}

const DEFAULT_NAMES: Readonly<Record<string, string>> = { model: 'tiny-vgg', optimizer: 'sgd' }

function refuseForeignSetting(settings: Tree, setting: Setting): void {
  const owners = setting.models ?? setting.optimizers
  const [group] = setting.path
  const name = (settings[group] as Tree | undefined)?.['name']
  if (owners === undefined || owners.some((owner) => owner === name)) return
  throw new Failure(
    'invalid-setting',
    `--${flagOf(setting)} is a setting of ${owners.join(' and ')}, but the ${group} is ${String(name)}.`,
  )
}
