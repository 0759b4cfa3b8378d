// A sweep: fields that hold several values, and the experiments that they make together. The first setting of the form
// changes slowest and the seed fastest; settings that a model or an optimizer does not have are left out with it.
import type { Experiment } from './experiment.ts'
import { Failure } from './failure.ts'
import { FIELD_SETTINGS, type FieldTexts, type SweepDataset } from './field-texts.ts'
import type { SettingValue } from './setting-limits.ts'
import { type Check, makeCheck, type Tree } from './sweep-check.ts'
import type { Setting } from './settings.ts'
import { formatValue, MAX_SWEEP_RUNS, parseValueList } from './value-list.ts'

/** One experiment of a sweep, or why these settings do not go together. */
export type Combination = {
  /** The swept settings that it has, by their names. */
  readonly values: Readonly<Record<string, SettingValue>>
  /** Such as 'learning rate 0.1 · seed 1'; empty when nothing is swept. */
  readonly name: string
} & (
  | { readonly state: 'valid'; readonly experiment: Experiment }
  | { readonly state: 'invalid'; readonly reason: string }
)

export interface Sweep {
  readonly combinations: readonly Combination[]
  /** Settings with more than one value, in the order in which they change, the slowest first. */
  readonly swept: readonly Setting[]
  /** What is wrong with a text, by the name of its setting; then there are no combinations. */
  readonly faults: Readonly<Record<string, string>>
  /** Why the sweep as a whole cannot be; null when it can. */
  readonly problem: string | null
  /** The values of every text that could be read, by the name of its setting. */
  readonly lists: Lists
}

type Lists = ReadonlyMap<string, readonly SettingValue[]>
interface Choice {
  readonly setting: Setting
  readonly value: SettingValue
}

const BETWEEN_CHOICES = ' · '
const DEFAULT_KINDS = { model: 'tiny-vgg', optimizer: 'sgd' } as const

/** All experiments that the texts of a form stand for. */
export function expandSweep(texts: FieldTexts, dataset: SweepDataset): Sweep {
  const { lists, faults } = readLists(texts)
  const swept = FIELD_SETTINGS.filter(({ name }) => (lists.get(name)?.length ?? 0) > 1)
  const nothing = { combinations: [], swept, faults, lists }
  if (Object.keys(faults).length > 0) return { ...nothing, problem: null }
  const count = countChoices(lists)
  if (count > MAX_SWEEP_RUNS) return { ...nothing, problem: sayTooMany(count) }
  const check = makeCheck(dataset)
  const combinations = listChoices(lists).map((choices) => combine(choices, swept, check))
  return { combinations, swept, faults, lists, problem: null }
}

/** The kinds of model or optimizer that a field names, whether or not all of its text can be read. */
export function namesOf(texts: FieldTexts, group: 'model' | 'optimizer'): readonly string[] {
  const names = (texts[group] ?? '').split(',').map((name) => name.trim())
  const known = names.filter((name) => name !== '')
  return known.length > 0 ? known : [DEFAULT_KINDS[group]]
}

/** The settings that at least one chosen model and optimizer has: the fields to show. */
export function listApplicable(texts: FieldTexts): readonly Setting[] {
  const models = namesOf(texts, 'model')
  const optimizers = namesOf(texts, 'optimizer')
  const has = (owners: readonly string[] | undefined, names: readonly string[]): boolean =>
    owners === undefined || owners.some((owner) => names.includes(owner))
  return FIELD_SETTINGS.filter((one) => has(one.models, models) && has(one.optimizers, optimizers))
}

function readLists(texts: FieldTexts): { lists: Lists; faults: Readonly<Record<string, string>> } {
  const lists = new Map<string, readonly SettingValue[]>()
  const faults: Record<string, string> = {}
  for (const setting of listApplicable(texts)) {
    try {
      const values = parseValueList(setting, texts[setting.name] ?? '')
      if (values.length > 0) lists.set(setting.name, values)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      faults[setting.name] = error.message
    }
  }
  return { lists, faults }
}

/** Counts without making them, because a few long lists are already millions. */
function countChoices(lists: Lists): number {
  const kinds = (group: 'model' | 'optimizer'): readonly SettingValue[] =>
    lists.get(group) ?? [DEFAULT_KINDS[group]]
  const ways = kinds('model').flatMap((model) =>
    kinds('optimizer').map((optimizer) => ({ model, optimizer })),
  )
  return ways.reduce((sum, way) => {
    const settings = FIELD_SETTINGS.filter((setting) => setting.path[1] !== 'name' && isOwned(setting, way))
    return sum + settings.reduce((product, { name }) => product * (lists.get(name)?.length ?? 1), 1)
  }, 0)
}

function listChoices(lists: Lists): readonly (readonly Choice[])[] {
  return FIELD_SETTINGS.reduce<readonly (readonly Choice[])[]>(
    (rows, setting) => {
      const values = lists.get(setting.name)
      if (values === undefined) return rows
      return rows.flatMap((row) => {
        if (!isOwned(setting, kindsOf(row))) return [row]
        return values.map((value) => [...row, { setting, value }])
      })
    },
    [[]],
  )
}

interface Kinds {
  readonly model: SettingValue
  readonly optimizer: SettingValue
}

function kindsOf(row: readonly Choice[]): Kinds {
  const find = (group: 'model' | 'optimizer'): SettingValue =>
    row.find(({ setting }) => setting.name === group)?.value ?? DEFAULT_KINDS[group]
  return { model: find('model'), optimizer: find('optimizer') }
}

function isOwned({ models, optimizers }: Setting, kinds: Kinds): boolean {
  const has = (owners: readonly string[] | undefined, kind: SettingValue): boolean =>
    owners === undefined || owners.some((owner) => owner === kind)
  return has(models, kinds.model) && has(optimizers, kinds.optimizer)
}

function combine(choices: readonly Choice[], swept: readonly Setting[], check: Check): Combination {
  const shown = choices.filter(({ setting }) => swept.includes(setting))
  const values = Object.fromEntries(shown.map(({ setting, value }) => [setting.name, value]))
  const name = shown.map(nameChoice).join(BETWEEN_CHOICES)
  try {
    return { state: 'valid', values, name, experiment: check(choices.reduce(assign, {})) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { state: 'invalid', values, name, reason: error.message }
  }
}

/** 'seed 1', but 'adam' without 'optimizer', because the word says it. */
function nameChoice({ setting, value }: Choice): string {
  const text = formatValue(value)
  return setting.path[1] === 'name' || setting.name === 'loss'
    ? text
    : `${setting.label.toLowerCase()} ${text}`
}

/** The name of a run whose epochs are others now: a part that says them, as names of a sweep do, says the new ones. */
export function renameEpochs(name: string, before: number, after: number): string {
  const say = (epochs: number): string => `epochs ${formatValue(epochs)}`
  const parts = name.split(BETWEEN_CHOICES)
  return parts.map((part) => (part === say(before) ? say(after) : part)).join(BETWEEN_CHOICES)
}

function assign(tree: Tree, { setting: { path }, value }: Choice): Tree {
  const [group, name] = path
  if (name === undefined) return { ...tree, [group]: value }
  const kind = group === 'model' ? DEFAULT_KINDS.model : DEFAULT_KINDS.optimizer
  return { ...tree, [group]: { name: kind, ...(tree[group] as Tree | undefined), [name]: value } }
}

function sayTooMany(count: number): string {
  const [found, most] = [count.toLocaleString('en'), MAX_SWEEP_RUNS.toLocaleString('en')]
  return `These values make ${found} runs; at most ${most} can be queued at once. Leave some values out.`
}
