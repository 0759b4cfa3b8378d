// Which settings tell experiments apart, and which experiments are one setting trained with several seeds.
import { readSetting } from '../command-line.ts'
import type { Experiment } from '../experiment.ts'
import { SETTINGS, type Setting } from '../settings.ts'

/**
 * Settings that differ by choice: what only follows from another model or optimizer does not count, such as a
 * pooling that a linear model does not have.
 */
export function settingsThatDiffer(experiments: readonly Experiment[]): readonly Setting[] {
  return SETTINGS.filter((setting) => differs(setting, experiments))
}

function differs(setting: Setting, experiments: readonly Experiment[]): boolean {
  const first = new Map<string, unknown>()
  return experiments.some((experiment) => {
    const owner = ownerOf(setting, experiment)
    const found = readSetting(experiment, setting) ?? null
    const value = Array.isArray(found) ? found.join() : found
    if (first.has(owner)) return first.get(owner) !== value
    first.set(owner, value)
    return false
  })
}

function ownerOf(setting: Setting, { model, optimizer }: Experiment): string {
  if (setting.models !== undefined) return model.name
  return setting.optimizers === undefined ? '' : optimizer.name
}

/**
 * The same for experiments that differ in nothing but the seed, on the same content whatever it is called. An adaptation is
 * a setting of its own for each run and set of photos that it starts from: how that run was trained is not known here.
 */
export function settingKey(experiment: Experiment, datasetHash: string): string {
  const values = SETTINGS.filter(({ name }) => name !== 'seed' && name !== 'dataset').map((setting) => {
    return readSetting(experiment, setting) ?? null
  })
  return JSON.stringify([datasetHash, ...values, experiment.adaptation])
}
