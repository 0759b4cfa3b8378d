import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeExperiment, type Experiment } from '#shared/experiment.ts'
import { type FieldTexts, textsOf } from '#shared/field-texts.ts'
import { PRESETS } from '#shared/presets.ts'
import { expandSweep, listApplicable } from '#shared/sweep.ts'

const FASHION = {
  id: 'fashion-mnist',
  height: 28,
  width: 28,
  channels: 1,
  classes: 10,
  trainCount: 60_000,
  testCount: 10_000,
}

const expand = (texts: FieldTexts) => expandSweep(texts, FASHION)
const experimentsOf = (texts: FieldTexts): readonly Experiment[] =>
  expand(texts).combinations.map((one) => {
    if (one.state === 'invalid') throw new Error(one.reason)
    return one.experiment
  })
const namesOf = (texts: FieldTexts) => expand(texts).combinations.map(({ name }) => name)

describe('a sweep', () => {
  it('of no text at all is the one default experiment, without a name', () => {
    expect(experimentsOf({})).toEqual([completeExperiment({ dataset: 'fashion-mnist' }, 60_000)])
    expect(expand({}).swept).toEqual([])
    expect(namesOf({})).toEqual([''])
  })

  it('counts the seeds fastest and names what differs', () => {
    expect(namesOf({ learningRate: '0.001, 0.01', seed: '1..2', epochs: '1' })).toEqual([
      'learning rate 0.001 · seed 1',
      'learning rate 0.001 · seed 2',
      'learning rate 0.01 · seed 1',
      'learning rate 0.01 · seed 2',
    ])
  })

  it('leaves out the settings that a model or an optimizer does not have', () => {
    const texts = {
      model: 'linear, tiny-vgg',
      kernelSize: '3, 5',
      optimizer: 'sgd, adam',
      momentum: '0, 0.9',
    }
    expect(namesOf(texts)).toEqual([
      'linear · sgd · momentum 0',
      'linear · sgd · momentum 0.9',
      'linear · adam',
      'tiny-vgg · kernel size 3 · sgd · momentum 0',
      'tiny-vgg · kernel size 3 · sgd · momentum 0.9',
      'tiny-vgg · kernel size 3 · adam',
      'tiny-vgg · kernel size 5 · sgd · momentum 0',
      'tiny-vgg · kernel size 5 · sgd · momentum 0.9',
      'tiny-vgg · kernel size 5 · adam',
    ])
  })

  it('ignores what was typed for another model', () => {
    expect(experimentsOf({ model: 'linear', channels: 'many', dropout: '2' })).toHaveLength(1)
    expect(listApplicable({ model: 'linear' }).map(({ name }) => name)).not.toContain('channels')
  })

  it('lists what cannot be with its reason, beside what can', () => {
    const { combinations } = expand({ kernelSize: '3, 4', padding: 'same, valid' })
    expect(combinations.map((one) => [one.name, one.state === 'invalid' ? one.reason : 'valid'])).toEqual([
      ['kernel size 3 · padding same', 'valid'],
      ['kernel size 3 · padding valid', 'valid'],
      [
        'kernel size 4 · padding same',
        "A kernel of 4 x 4 has no middle, so padding 'same' cannot keep the image's size. Use an odd kernel size or padding 'valid'.",
      ],
      ['kernel size 4 · padding valid', 'valid'],
    ])
  })

  it('does not ask for more images than there are', () => {
    const [first, second] = expand({ trainImages: '55000, 55001' }).combinations
    expect(first?.state).toBe('valid')
    expect(second).toMatchObject({
      state: 'invalid',
      reason: 'The dataset has 60000 training images: it cannot hold out 5000 and train on 55001.',
    })
  })

  it('gives a linear model one hidden layer', () => {
    const { combinations } = expand({ model: 'linear, mlp', hiddenUnits: '32-16' })
    expect(combinations.map((one) => (one.state === 'invalid' ? one.reason : one.name))).toEqual([
      'The linear model has one hidden layer; give it one size.',
      'mlp',
    ])
  })

  it('says at which field a text cannot be read, and makes nothing', () => {
    expect(expand({ learningRate: '0', seed: 'x', epochs: '1' })).toMatchObject({
      combinations: [],
      faults: {
        learningRate: 'Learning rate wants a number above 0, at most 100, found 0.',
        seed: 'Seed wants a whole number from 0 to 4,294,967,295, found "x".',
      },
    })
  })

  it('stops at 5,000 runs, and counts them without making them', () => {
    expect(expand({ seed: '1..5000' }).combinations).toHaveLength(5000)
    const { combinations, problem } = expand({ seed: '1..5000', splitSeed: '1..5000', epochs: '1..5000' })
    expect(combinations).toEqual([])
    expect(problem).toBe(
      'These values make 125,000,000,000 runs; at most 5,000 can be queued at once. Leave some values out.',
    )
  })

  it('makes every combination once, each with the values that it is named by', () => {
    const values = fc.record({
      learningRate: fc.uniqueArray(fc.double({ min: 1e-6, max: 1, noNaN: true }), {
        minLength: 1,
        maxLength: 4,
      }),
      channels: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 3 }),
      seed: fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(values, ({ learningRate, channels, seed }) => {
        const sweep = experimentsOf({
          learningRate: learningRate.join(', '),
          channels: channels.join(', '),
          seed: seed.join(', '),
        })
        const expected = channels.flatMap((c) =>
          learningRate.flatMap((r) => seed.map((s) => `${c} ${r} ${s}`)),
        )
        const found = sweep.map(({ model, learningRate: rate, seed: s }) =>
          [model.name === 'tiny-vgg' ? model.channels : model.name, rate, s].join(' '),
        )
        expect(found).toEqual(expected)
      }),
    )
  })
})

describe('the texts of an experiment', () => {
  it.each(PRESETS)('bring the preset $name back', ({ settings }) => {
    const experiment = completeExperiment({ ...settings, dataset: 'fashion-mnist' }, 60_000)
    expect(experimentsOf(textsOf(experiment, 60_000))).toEqual([experiment])
  })

  it('leave out what is the default', () => {
    const experiment = completeExperiment({ dataset: 'fashion-mnist', learningRate: 0.01 }, 60_000)
    expect(textsOf(experiment, 60_000)).toEqual({ learningRate: '0.01' })
  })

  it('bring any experiment back', () => {
    const model = fc.oneof(
      fc.record({ name: fc.constant('linear'), hiddenUnits: fc.tuple(fc.integer({ min: 1, max: 4096 })) }),
      fc.record({
        name: fc.constant('mlp'),
        hiddenUnits: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
        activation: fc.constantFrom('relu', 'leaky-relu', 'tanh', 'sigmoid'),
        dropout: fc.double({ min: 0, max: 0.95, noNaN: true }),
        activateLogits: fc.boolean(),
      }),
      fc.record({
        name: fc.constant('tiny-vgg'),
        channels: fc.integer({ min: 1, max: 64 }),
        kernelSize: fc.constantFrom(1, 3, 5),
      }),
    )
    const optimizer = fc.oneof(
      fc.record({ name: fc.constant('sgd'), momentum: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
      fc.record({ name: fc.constant('adam'), beta1: fc.double({ min: 0, max: 0.9999, noNaN: true }) }),
    )
    const input = fc.record({
      model,
      optimizer,
      trainImages: fc.option(fc.integer({ min: 1, max: 50_000 })),
      validationImages: fc.integer({ min: 0, max: 10_000 }),
      testEachEpoch: fc.boolean(),
      loss: fc.constantFrom('cross-entropy', 'multi-margin', 'nll', 'nll-on-logits'),
      learningRate: fc.double({ min: 1e-9, max: 100, noNaN: true }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    })
    fc.assert(
      fc.property(input, (settings) => {
        const whole = { ...settings, dataset: 'fashion-mnist' } as Parameters<typeof completeExperiment>[0]
        const experiment = completeExperiment(whole, 60_000)
        expect(experimentsOf(textsOf(experiment, 60_000))).toEqual([experiment])
      }),
    )
  })
})
