// What a field stands for while nothing is typed into it. Models that are swept together may disagree; then the field
// stays empty and its hint names each default.
import { MODEL_NAMES, OPTIMIZER_NAMES } from './experiment.ts'
import {
  defaultExperiment,
  FIXED_DEFAULTS,
  valueOf,
  type FieldTexts,
  type SweepDataset,
} from './field-texts.ts'
import type { Setting } from './settings.ts'
import { formatValue } from './value-list.ts'

export interface DefaultText {
  readonly text: string
  /** Differs from the text where there is more than one default. */
  readonly hint: string
}

/** By the names of the settings that the chosen models and optimizers have. */
export function listDefaultTexts(
  texts: FieldTexts,
  settings: readonly Setting[],
  dataset: Pick<SweepDataset, 'id' | 'trainCount'>,
): Readonly<Record<string, DefaultText>> {
  const named = (text: string | undefined, names: readonly string[], usual: string): readonly string[] => {
    const found = names.filter((name) => (text ?? '').split(',').some((part) => part.trim() === name))
    return found.length > 0 ? found : [usual]
  }
  const usual = named(texts['model'], MODEL_NAMES, 'tiny-vgg').flatMap((model) =>
    named(texts['optimizer'], OPTIMIZER_NAMES, 'sgd').flatMap((optimizer) =>
      named(texts['testEachEpoch'], ['off', 'on'], 'off').map((tested) => {
        const kinds = { model: { name: model }, optimizer: { name: optimizer } }
        const input = { ...kinds, testEachEpoch: tested === 'on', dataset: dataset.id }
        return defaultExperiment(input, dataset.trainCount)
      }),
    ),
  )
  const entries = settings.map((setting): [string, DefaultText] => {
    const fixed = FIXED_DEFAULTS[setting.name]
    if (fixed !== undefined) return [setting.name, { text: fixed, hint: fixed }]
    const values = usual
      .map((experiment) => valueOf(experiment, setting))
      .filter((value) => value !== undefined)
    const known = [...new Set(values.map(formatValue))]
    return [setting.name, { text: known.length === 1 ? (known[0] ?? '') : '', hint: known.join(' or ') }]
  })
  return Object.fromEntries(entries)
}
