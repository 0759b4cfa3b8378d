import { describe, expect, it } from 'vitest'
import { completeExperiment, parseExperiment } from '#shared/experiment.ts'

const LEAST = { dataset: 'sketches', validationImages: 0 }

const DEFAULTS = {
  dataset: 'sketches',
  trainImages: null,
  validationImages: 0,
  splitSeed: 42,
  withoutExcluded: false,
  correctedLabels: false,
  marks: 'present',
  testEachEpoch: false,
  model: {
    name: 'tiny-vgg',
    channels: 10,
    kernelSize: 3,
    stride: 1,
    padding: 'same',
    blocks: 2,
    pooling: 'max',
    activation: 'relu',
    dropout: 0,
  },
  loss: 'cross-entropy',
  optimizer: { name: 'sgd', momentum: 0 },
  learningRate: 0.1,
  learningRateSchedule: 'constant',
  batchSize: 32,
  epochs: 3,
  augmentation: 'none',
  adaptation: null,
  seed: 42,
}

describe('an experiment', () => {
  it('of an older Atelier, which knew no marks, still means the data as it is', () => {
    const { withoutExcluded, correctedLabels, marks, ...older } = DEFAULTS
    expect([withoutExcluded, correctedLabels, marks]).toEqual([false, false, 'present'])
    expect(parseExperiment(older)).toEqual(DEFAULTS)
  })

  it('of an older Atelier, which knew neither augmentation nor adaptation nor schedules, has none', () => {
    const { augmentation, adaptation, learningRateSchedule, ...older } = DEFAULTS
    expect([augmentation, adaptation, learningRateSchedule]).toEqual(['none', null, 'constant'])
    expect(parseExperiment(older)).toEqual(DEFAULTS)
  })

  it('has the defaults of the paper for all that is left out', () => {
    expect(parseExperiment(LEAST)).toEqual(DEFAULTS)
  })

  it.each([
    [{ name: 'linear' }, { name: 'linear', hiddenUnits: [10] }],
    [
      { name: 'mlp' },
      { name: 'mlp', hiddenUnits: [128], activation: 'relu', dropout: 0, activateLogits: false },
    ],
    [{ name: 'tiny-vgg' }, DEFAULTS.model],
  ])('has defaults for the model %o', (model, complete) => {
    expect(parseExperiment({ ...LEAST, model }).model).toEqual(complete)
  })

  it('has PyTorch’s defaults for Adam', () => {
    const adam = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    expect(parseExperiment({ ...LEAST, optimizer: { name: 'adam' } }).optimizer).toEqual(adam)
  })

  it('parses again to itself, also after a journey as JSON', () => {
    const experiment = parseExperiment({
      ...LEAST,
      model: { name: 'mlp', hiddenUnits: [64, 32], dropout: 0.3 },
    })
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment)
  })

  it('is not one with the next: defaults are not shared', () => {
    expect(parseExperiment(LEAST).model).not.toBe(parseExperiment(LEAST).model)
  })
})

describe('a setting that cannot be', () => {
  it.each<[string, object, string, string]>([
    ['dataset', { dataset: '' }, 'dataset', '""'],
    ['no validation images', { validationImages: undefined }, 'validationImages', 'undefined'],
    ['a negative count', { validationImages: -1 }, 'validationImages', '-1'],
    ['half an image', { trainImages: 1.5 }, 'trainImages', '1.5'],
    ['no images', { trainImages: 0 }, 'trainImages', '0'],
    ['a rate of zero', { learningRate: 0 }, 'learningRate', '0'],
    ['an endless rate', { learningRate: Infinity }, 'learningRate', 'Infinity'],
    ['a number as text', { batchSize: '32' }, 'batchSize', '"32"'],
    ['a huge batch', { batchSize: 8193 }, 'batchSize', '8193'],
    ['no epoch', { epochs: 0 }, 'epochs', '0'],
    ['NaN epochs', { epochs: Number.NaN }, 'epochs', 'NaN'],
    ['a seed of 33 bits', { seed: 2 ** 32 }, 'seed', '4294967296'],
    ['an unknown loss', { loss: 'mse' }, 'loss', '"mse"'],
    ['an unknown model', { model: { name: 'resnet' } }, 'model.name', 'resnet'],
    ['an unknown optimizer', { optimizer: { name: 'lion' } }, 'optimizer.name', 'lion'],
    ['a misspelt setting', { learningrate: 1 }, 'learningrate', 'learningrate'],
    ['a misspelt model setting', { model: { name: 'tiny-vgg', kernalSize: 3 } }, 'kernalSize', 'kernalSize'],
    ['a setting of another model', { model: { name: 'linear', dropout: 0.5 } }, 'dropout', 'dropout'],
    ['no hidden layer', { model: { name: 'mlp', hiddenUnits: [] } }, 'model.hiddenUnits', '[]'],
    ['a layer of no units', { model: { name: 'mlp', hiddenUnits: [8, 0] } }, 'model.hiddenUnits.1', '0'],
    ['nothing but dropout', { model: { name: 'mlp', dropout: 1 } }, 'model.dropout', '1'],
    ['a kernel of twelve', { model: { name: 'tiny-vgg', kernelSize: 12 } }, 'model.kernelSize', '12'],
    ['an endless momentum', { optimizer: { name: 'sgd', momentum: 1 } }, 'optimizer.momentum', '1'],
    ['an epsilon of zero', { optimizer: { name: 'adam', epsilon: 0 } }, 'optimizer.epsilon', '0'],
  ])('is refused with its name and what was found: %s', (_, change, name, found) => {
    const refusal = findRefusal({ ...LEAST, ...change })
    expect(refusal).toEqual({ code: 'invalid-setting', message: expect.stringContaining(name) as string })
    expect(refusal.message).toContain(found)
    expect(refusal.message.match(/: /g)?.length).toBeGreaterThan(0)
  })

  it('is refused together with every other one', () => {
    const { message } = findRefusal({ ...LEAST, epochs: 0, batchSize: 0, loss: 'x' })
    expect(message.match(/(epochs|batchSize|loss): [^.]*\(found [^)]*\)\./g)).toHaveLength(3)
  })

  it.each([null, undefined, 5, 'text', []])('is refused where there is no experiment at all: %o', (input) => {
    expect(findRefusal(input).message).toMatch(/^the experiment: .*expected object/)
  })
})

describe('the number of validation images that is left out', () => {
  it.each([
    [60_000, false, 5000],
    [100_000, false, 5000],
    [10_000, false, 833],
    [11, false, 0],
    [60_000, true, 0],
  ])('of %d images, with testEachEpoch %o, is %d', (trainCount, testEachEpoch, expected) => {
    expect(completeExperiment({ dataset: 'any', testEachEpoch }, trainCount).validationImages).toBe(expected)
  })

  it('is only a default', () => {
    expect(completeExperiment({ dataset: 'any', validationImages: 7 }, 60_000).validationImages).toBe(7)
    const both = { dataset: 'any', testEachEpoch: true, validationImages: 7 }
    expect(completeExperiment(both, 60_000).validationImages).toBe(7)
  })

  it('does not excuse another setting', () => {
    expect(() => completeExperiment({ dataset: 'any', epochs: -1 }, 100)).toThrow(/^epochs: .*\(found -1\)/)
  })
})

function findRefusal(input: unknown): { code: string; message: string } {
  try {
    parseExperiment(input)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code), message: error.message }
    throw error
  }
  throw new Error('it was accepted')
}
