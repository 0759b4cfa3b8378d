import { describe, expect, it } from 'vitest'
import { experimentSchema, parseExperiment } from '#shared/experiment.ts'
import { PRESETS } from '#shared/presets.ts'
import { flagOf, SETTINGS } from '#shared/settings.ts'
import { readSettings, SETTING_FLAGS } from '#main/terminal/setting-flags.ts'
import type { Arguments } from '#main/terminal/verb.ts'

function read(flags: Arguments['flags']) {
  return readSettings({ positionals: [], flags })
}

/** The experiment that the flags make, with the dataset and the held out images that a test does not care for. */
function experimentOf(flags: Arguments['flags']) {
  return parseExperiment({ dataset: 'sketches', validationImages: 0, ...read(flags) })
}

describe('flags', () => {
  it('exist for every setting of an experiment', () => {
    const { model, optimizer, ...others } = experimentSchema.shape
    const inModels = model.unwrap().options.flatMap((option) => Object.keys(option.shape))
    const inOptimizers = optimizer.unwrap().options.flatMap((option) => Object.keys(option.shape))
    const expected = new Set([...Object.keys(others), 'model', 'optimizer', ...inModels, ...inOptimizers])
    expected.delete('name')
    expected.delete('adaptation') // nobody types it
    expect(new Set(SETTINGS.map(({ name }) => name))).toEqual(expected)
    expect(Object.keys(SETTING_FLAGS).sort()).toEqual(['preset', ...SETTINGS.map(flagOf)].sort())
  })

  it('that are not given leave everything to the defaults', () => {
    expect(read({})).toEqual({})
    expect(experimentOf({})).toMatchObject({ model: { name: 'tiny-vgg', channels: 10 }, learningRate: 0.1 })
  })

  it('reach the setting that they name, wherever it stands', () => {
    const flags = {
      model: 'mlp',
      'hidden-units': '128,64',
      dropout: '0.5',
      activation: 'tanh',
      'activate-logits': true,
      optimizer: 'adam',
      beta1: '0.8',
      'learning-rate': '1e-3',
      'batch-size': '64',
      'test-each-epoch': true,
      'train-images': '1000',
      seed: '7',
    } as const
    expect(experimentOf(flags)).toMatchObject({
      model: { name: 'mlp', hiddenUnits: [128, 64], dropout: 0.5, activation: 'tanh', activateLogits: true },
      optimizer: { name: 'adam', beta1: 0.8, beta2: 0.999 },
      learningRate: 0.001,
      batchSize: 64,
      testEachEpoch: true,
      trainImages: 1000,
      seed: 7,
    })
  })

  it('of the model that nobody named are those of TinyVGG', () => {
    expect(experimentOf({ channels: '4', pooling: 'average' })).toMatchObject({
      model: { name: 'tiny-vgg', channels: 4, pooling: 'average' },
    })
  })
})

describe('a preset', () => {
  it.each(PRESETS.map(({ name }) => name))('%s is an experiment', (preset) => {
    expect(() => experimentOf({ preset })).not.toThrow()
  })

  it('is what the flags beside it change', () => {
    const experiment = experimentOf({ preset: 'paper-default', epochs: '1', channels: '4' })
    expect(experiment).toMatchObject({
      testEachEpoch: true,
      epochs: 1,
      model: { name: 'tiny-vgg', channels: 4 },
    })
  })

  it('loses the settings of its model or optimizer to another one', () => {
    expect(experimentOf({ preset: 'table-6-average', model: 'linear' }).model).toEqual({
      name: 'linear',
      hiddenUnits: [10],
    })
    expect(experimentOf({ preset: 'table-1-adam', optimizer: 'sgd', momentum: '0.9' }).optimizer).toEqual({
      name: 'sgd',
      momentum: 0.9,
    })
  })

  it('is not changed by being used', () => {
    const before = JSON.stringify(PRESETS)
    read({ preset: 'paper-default', channels: '4', epochs: '9' })
    expect(JSON.stringify(PRESETS)).toBe(before)
  })
})

describe('a refusal', () => {
  it.each<[Arguments['flags'], string]>([
    [{ model: 'vgg' }, '--model wants linear or mlp or tiny-vgg, found "vgg".'],
    [{ loss: '' }, '--loss wants cross-entropy or multi-margin or nll or nll-on-logits, found "".'],
    [{ epochs: '2.5' }, '--epochs wants a whole number, found "2.5".'],
    [{ 'learning-rate': 'abc' }, '--learning-rate wants a number, found "abc".'],
    [{ model: 'mlp', 'hidden-units': '64,' }, '--hidden-units wants a number, found "".'],
    [{ preset: 'paper' }, 'There is no preset paper. Choose one of: paper-default,'],
    [{ model: 'linear', channels: '4' }, '--channels is a setting of tiny-vgg, but the model is linear.'],
    [{ momentum: '0.9', optimizer: 'adam' }, '--momentum is a setting of sgd, but the optimizer is adam.'],
    [
      { preset: 'notebook-v0', dropout: '0.5' },
      '--dropout is a setting of mlp and tiny-vgg, but the model is linear.',
    ],
  ])('of %j says what is wrong', (flags, sentence) => {
    expect(() => read(flags)).toThrow(sentence)
  })
})
