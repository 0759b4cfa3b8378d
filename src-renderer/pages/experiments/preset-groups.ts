// The presets as the page offers them: table by table, and each table as one sweep of its rows.
import { completeExperiment } from '#shared/experiment.ts'
import { FIELD_SETTINGS, textsOf, valueOf, type FieldTexts } from '#shared/field-texts.ts'
import { PRESETS, type Preset } from '#shared/presets.ts'
import { formatValue } from '#shared/value-list.ts'
import { capitalize } from '../../parts/capitalize.ts'

export interface PresetGroup {
  readonly title: string
  readonly rows: readonly { readonly preset: Preset; readonly title: string }[]
  /** A table of the paper, which makes sense as a whole. */
  readonly isTable: boolean
}

/** Grouped by what stands before the colon of their titles. */
export const PRESET_GROUPS: readonly PresetGroup[] = [...Map.groupBy(PRESETS, groupOf)].map(
  ([title, presets]) => ({
    title,
    rows: presets.map((preset) => ({ preset, title: capitalize(rowTitle(preset)) })),
    isTable: title.startsWith('Table'),
  }),
)

function groupOf({ title }: Preset): string {
  const [before = '', after] = title.split(': ')
  if (title.includes('notebook')) return 'The notebook'
  return after === undefined ? 'The paper' : before
}

function rowTitle({ title }: Preset): string {
  const [before = '', after] = title.split(': ')
  if (title.includes('notebook')) return title.replace("The notebook's ", '')
  return after ?? before
}

export function textsOfPreset({ settings }: Preset, dataset: { id: string; trainCount: number }): FieldTexts {
  return textsOf(
    completeExperiment({ ...settings, dataset: dataset.id }, dataset.trainCount),
    dataset.trainCount,
  )
}

/** One sweep over all rows: every setting takes the values that it has in any of them. */
export function textsOfGroup({ rows }: PresetGroup, dataset: { id: string; trainCount: number }): FieldTexts {
  const [first] = rows
  if (first === undefined) return {}
  const experiments = rows.map(({ preset }) =>
    completeExperiment({ ...preset.settings, dataset: dataset.id }, dataset.trainCount),
  )
  const swept = FIELD_SETTINGS.flatMap((setting): [string, string][] => {
    const values = experiments
      .map((experiment) => valueOf(experiment, setting))
      .filter((value) => value !== undefined)
    const texts = [...new Set(values.map(formatValue))]
    return texts.length > 1 ? [[setting.name, texts.join(', ')]] : []
  })
  return { ...textsOfPreset(first.preset, dataset), ...Object.fromEntries(swept) }
}
