// What a setting may be, asked of the schema in experiment.ts itself, so that a form and a refusal state the very limits
// that are checked.
import { z } from 'zod'
import { experimentSchema, modelSettings, optimizerSettings } from './experiment.ts'
import type { Setting } from './settings.ts'

/** What a field of the form can stand for. Null is 'all', a list is the sizes of hidden layers. */
export type SettingValue = string | number | boolean | null | readonly number[]

type Schema = z.core.$ZodType

/** The schemas of a setting: several where models share its name. */
function schemasOf({ path: [group, name] }: Setting): readonly Schema[] {
  if (name === undefined) return pick(experimentSchema.shape, group)
  const options = group === 'model' ? modelSettings.options : optimizerSettings.options
  return options.flatMap((option) => pick(option.shape, name))
}

function pick(shape: Readonly<Record<string, Schema>>, name: string): readonly Schema[] {
  const schema = shape[name]
  return schema === undefined ? [] : [schema]
}

/** Whether the value is within the limits of at least one model or optimizer that has the setting. */
export function isAllowed(setting: Setting, value: SettingValue): boolean {
  return schemasOf(setting).some((schema) => z.safeParse(schema, value).success)
}

/** Whether the setting may be left at 'all'. */
export function allowsAll(setting: Setting): boolean {
  return isAllowed(setting, null)
}

/** Such as 'a number above 0, at most 100' or 'a whole number from 1 to 8,192'; empty where there are no limits. */
export function describeLimits(setting: Setting): string {
  const number = schemasOf(setting)
    .map(findNumber)
    .find((schema) => schema !== null)
  if (number === undefined || number.minValue === null || number.maxValue === null) return ''
  const { minValue: low, maxValue: high } = number
  const kind = setting.value.kind === 'number' ? 'a number' : 'a whole number'
  const all = allowsAll(setting) ? ', or all' : ''
  if (!number.safeParse(low).success) return `${kind} above ${group(low)}, at most ${group(high)}${all}`
  return `${kind} from ${group(low)} to ${group(high)}${all}`
}

function findNumber(schema: Schema): z.ZodNumber | null {
  if (schema instanceof z.ZodNumber) return schema
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) return findNumber(schema.unwrap())
  return schema instanceof z.ZodArray ? findNumber(schema.element) : null
}

const group = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 10 })
