// What the choices of settings are called for people: in the form, in tables, on a run's page, in comparisons and filters.
// Files, addresses and the terminal have the short names behind them.
import { type Setting, SETTINGS } from '#shared/settings.ts'
import { capitalize } from './capitalize.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

/** What can be chosen without typing; null for a setting that is typed. */
export function listChoices({ name, value }: Setting): readonly Choice[] | null {
  if (value.kind === 'switch') return SWITCHES[name] ?? NO_OR_YES
  if (value.kind !== 'choice') return null
  return value.choices.map((choice) => ({ value: choice, label: LABELS[choice] ?? capitalize(choice) }))
}

/** The label of a value that was chosen; null for a plain yes or no and for what was typed. */
export function labelChoice(setting: Setting, value: unknown): string | null {
  const name = typeof value === 'boolean' ? (value ? 'on' : 'off') : value
  if (setting.value.kind === 'switch' && SWITCHES[setting.name] === undefined) return null
  return listChoices(setting)?.find((choice) => choice.value === name)?.label ?? null
}

/** By the name of a setting: 'model', 'mlp' -> 'ANN'. What is no choice stays as it is. */
export function labelValueOf(name: string, value: string): string {
  const setting = SETTINGS.find((one) => one.name === name)
  return (setting === undefined ? null : labelChoice(setting, value)) ?? value
}

/** The value that is called so; null where none is. */
export function findChoice(setting: Setting, label: string): string | boolean | null {
  const wanted = label.toLowerCase()
  const found = listChoices(setting)?.find((choice) => choice.label.toLowerCase() === wanted)?.value
  if (found === undefined) return null
  return setting.value.kind === 'switch' ? found === 'on' : found
}

const LABELS: Readonly<Record<string, string>> = {
  mlp: 'ANN',
  'tiny-vgg': 'TinyVGG',
  sgd: 'SGD',
  nll: 'NLL',
  'nll-on-logits': 'NLL on logits',
  relu: 'ReLU',
  'leaky-relu': 'Leaky ReLU',
}

const NO_OR_YES: readonly Choice[] = [
  { value: 'off', label: 'No' },
  { value: 'on', label: 'Yes' },
]

const SWITCHES: Readonly<Record<string, readonly Choice[]>> = {
  testEachEpoch: [
    { value: 'off', label: 'Once, at the end' },
    { value: 'on', label: 'After every epoch' },
  ],
}
