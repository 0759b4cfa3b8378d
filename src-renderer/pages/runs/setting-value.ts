// A setting's value as people read it, the same in the list of runs, in a run's facts and in the heading of a group.
import type { Setting } from '#shared/settings.ts'
import { NOTHING, writeCount } from '../../parts/numbers.ts'
import { labelChoice } from '../../parts/setting-labels.ts'

/** Numbers that name something rather than count it. */
const NAMES: ReadonlySet<string> = new Set(['seed', 'splitSeed'])

/** 5000 -> '5,000'; null stands for all images, where that is the setting. */
export function writeSettingValue(setting: Setting, value: unknown): string {
  const {
    name,
    value: { kind },
  } = setting
  const label = labelChoice(setting, value)
  if (label !== null) return label
  if (value === null || value === undefined) return name === 'trainImages' ? 'all' : NOTHING
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'number') {
    return kind === 'whole-number' && !NAMES.has(name) ? writeCount(value) : String(value)
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
