// The settings of a form as texts, by the name of the setting. A text that is missing or empty leaves its setting to the
// default, which depends on the model, the optimizer and the dataset.
import { readSetting } from './command-line.ts'
import { completeExperiment, type Experiment, type NewExperiment } from './experiment.ts'
import { SETTINGS, type Setting } from './settings.ts'
import { type SettingValue } from './setting-limits.ts'
import { formatValue } from './value-list.ts'

export type FieldTexts = Readonly<Record<string, string | undefined>>

/** What a form has to know of a dataset. */
export interface SweepDataset {
  readonly id: string
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: number
  readonly trainCount: number
  readonly testCount: number
}

/** Every setting but the dataset, which a form chooses from a list. */
export const FIELD_SETTINGS: readonly Setting[] = SETTINGS.filter(({ name }) => name !== 'dataset')

/** The texts that stand for an experiment; what equals the default is left out. */
export function textsOf(experiment: Experiment, trainCount: number): FieldTexts {
  const usual = defaultExperiment(experiment, trainCount)
  const differing = FIELD_SETTINGS.filter((setting) => {
    const value = valueOf(experiment, setting)
    if (value === undefined) return false
    return formatValue(value) !== (FIXED_DEFAULTS[setting.name] ?? formatSetting(usual, setting))
  })
  return Object.fromEntries(differing.map((setting) => [setting.name, formatSetting(experiment, setting)]))
}

/** What the other defaults depend on. */
export const FIXED_DEFAULTS: Readonly<Record<string, string>> = {
  model: 'tiny-vgg',
  optimizer: 'sgd',
  testEachEpoch: 'off',
}

/** The experiment of the same model, optimizer and way of testing with all else left to the defaults. */
export function defaultExperiment(
  {
    model,
    optimizer,
    testEachEpoch,
    dataset,
  }: Pick<Experiment, 'dataset' | 'testEachEpoch'> & {
    readonly model: { readonly name: string }
    readonly optimizer: { readonly name: string }
  },
  trainCount: number,
): Experiment {
  const input = { dataset, testEachEpoch, model: { name: model.name }, optimizer: { name: optimizer.name } }
  return completeExperiment(input as NewExperiment, trainCount)
}

/** Undefined where the experiment's model or optimizer has no such setting. */
export function valueOf(experiment: Experiment, setting: Setting): SettingValue | undefined {
  return readSetting(experiment, setting) as SettingValue | undefined // by the schema, every setting is one
}

function formatSetting(experiment: Experiment, setting: Setting): string {
  const value = valueOf(experiment, setting)
  return value === undefined ? '' : formatValue(value)
}
