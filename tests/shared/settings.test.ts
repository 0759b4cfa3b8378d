import { describe, expect, it } from 'vitest'
import { experimentSchema, modelSettings, optimizerSettings, parseExperiment } from '#shared/experiment.ts'
import { flagOf, SETTINGS, type Setting } from '#shared/settings.ts'

/** Every path of the schema, with the models or optimizers that have it. */
function listSchemaPaths(): Map<string, string[]> {
  const paths = new Map<string, string[]>()
  const add = (path: string, owner: string) => paths.set(path, [...(paths.get(path) ?? []), owner])
  for (const name of Object.keys(experimentSchema.shape)) {
    // What a run was adapted with is no setting: nobody types it.
    if (!['model', 'optimizer', 'adaptation'].includes(name)) add(name, 'every experiment')
  }
  for (const { shape } of modelSettings.options)
    for (const name of Object.keys(shape)) add(`model.${name}`, shape.name.value)
  for (const { shape } of optimizerSettings.options)
    for (const name of Object.keys(shape)) add(`optimizer.${name}`, shape.name.value)
  return paths
}

/** Those who have a setting as it says itself; the choice between models belongs to all of them. */
function listOwners({ path, models, optimizers }: Setting): readonly string[] {
  if (path[0] === 'model') return models ?? modelSettings.options.map(({ shape }) => shape.name.value)
  if (path[0] === 'optimizer')
    return optimizers ?? optimizerSettings.options.map(({ shape }) => shape.name.value)
  return ['every experiment']
}

/** Two values that a setting of this kind can have, the second another than the default. */
function findValues({ value, name }: Setting): readonly unknown[] {
  switch (value.kind) {
    case 'choice':
      return value.choices
    case 'switch':
      return [false, true]
    case 'whole-numbers':
      return [[10], [7]]
    case 'text':
      return name === 'marks' ? ['present', '0123456789abcdef'] : ['fashion-mnist', 'sketches']
    case 'number':
      return [0.05, 0.01]
    case 'whole-number':
      return name === 'kernelSize' ? [3, 5] : [1, 2]
  }
}

function nest(path: readonly string[], value: unknown, owner: string): object {
  const [first = '', second] = path
  if (second === undefined) return { [first]: value }
  return { [first]: { ...(second === 'name' ? {} : { name: owner }), [second]: value } }
}

describe('the settings', () => {
  it('are those of the schema, none forgotten and none made up, each for the models that have it', () => {
    const found = SETTINGS.map((setting) => [setting.path.join('.'), [...listOwners(setting)].sort()])
    const expected = [...listSchemaPaths()].map(([path, owners]) => [path, owners.sort()])
    const byPath = (entries: unknown[][]) => Object.fromEntries(entries) as unknown
    expect(byPath(found)).toEqual(byPath(expected))
    expect(found).toHaveLength(expected.length)
  })

  it.each(SETTINGS.map((setting) => [setting.name, setting] as const))(
    '%s takes the values of its kind',
    (_, setting) => {
      for (const value of findValues(setting)) {
        for (const owner of listOwners(setting)) {
          const input = { dataset: 'any', validationImages: 0, ...nest(setting.path, value, owner) }
          const parsed: unknown = parseExperiment(input)
          expect(setting.path.reduce((found: unknown, key) => readKey(found, key), parsed)).toEqual(value)
        }
      }
    },
  )

  it('have names, labels and flags of their own', () => {
    for (const of of [(setting: Setting) => setting.name, (setting: Setting) => setting.label, flagOf]) {
      expect(new Set(SETTINGS.map(of)).size).toBe(SETTINGS.length)
    }
  })

  it('are explained in a sentence', () => {
    expect(SETTINGS.filter(({ help }) => !/^\p{L}.*\.$/u.test(help)).map(({ name }) => name)).toEqual([])
  })

  it('are called by the last name of their path, but for the choice of a kind, which is called by the kind', () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(
      SETTINGS.map(({ path }) => (path[1] === 'name' ? path[0] : path.at(-1))),
    )
  })
})

describe('a flag', () => {
  it('has dashes where the name has capitals or a number', () => {
    const flags = Object.fromEntries(SETTINGS.map((setting) => [setting.name, flagOf(setting)]))
    expect(flags).toMatchObject({
      seed: 'seed',
      learningRate: 'learning-rate',
      testEachEpoch: 'test-each-epoch',
      beta1: 'beta1',
      activateLogits: 'activate-logits',
    })
  })
})

function readKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}
