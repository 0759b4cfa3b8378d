import { describe, expect, it } from 'vitest'
import { buildNetwork } from '#shared/core/models/network.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { findPreset, PRESETS } from '#shared/presets.ts'

const GARMENTS = { height: 28, width: 28, channels: 1, classes: 10 }

function parse(name: string) {
  const preset = findPreset(name)
  if (preset === undefined) throw new Error(`there is no preset ${name}`)
  return completeExperiment({ ...preset.settings, dataset: 'fashion-mnist' }, 60_000)
}

/** Those that are not the paper's. */
const OTHERS = ['photo-ready']
const OF_THE_PAPER = PRESETS.filter(({ name }) => !OTHERS.includes(name))

describe('the presets', () => {
  it.each(OF_THE_PAPER.map(({ name }) => name))(
    '%s is an experiment as the paper ran them, with a network',
    (name) => {
      const experiment = parse(name)
      const { testEachEpoch, validationImages, trainImages, seed } = experiment
      expect({ testEachEpoch, validationImages, trainImages, seed }).toEqual({
        testEachEpoch: true,
        validationImages: 0,
        trainImages: null,
        seed: 42,
      })
      expect(buildNetwork(experiment.model, GARMENTS).parameterCount).toBeGreaterThan(0)
    },
  )

  it('have names and titles of their own', () => {
    expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length)
    expect(new Set(PRESETS.map(({ title }) => title)).size).toBe(PRESETS.length)
  })

  it('hold every row of the paper’s tables and the notebook’s models', () => {
    const default3 = parse('paper-default')
    const row = (name: string) => {
      const { model, loss, optimizer, learningRate, batchSize, epochs } = parse(name)
      const pooling = model.name === 'tiny-vgg' ? model.pooling : model.name
      return [name, pooling, loss, optimizer.name, learningRate, batchSize, epochs].join(' ')
    }
    expect(OF_THE_PAPER.map(({ name }) => row(name))).toEqual([
      'paper-default max cross-entropy sgd 0.1 32 3',
      'table-1-sgd max cross-entropy sgd 0.1 32 3',
      'table-1-adam max cross-entropy adam 0.1 32 3',
      'table-2-cross-entropy max cross-entropy sgd 0.1 32 3',
      'table-2-multi-margin max multi-margin sgd 0.1 32 3',
      'table-2-nll max nll sgd 0.1 32 3',
      'table-3-batch-8 max cross-entropy sgd 0.1 8 3',
      'table-3-batch-32 max cross-entropy sgd 0.1 32 3',
      'table-3-batch-128 max cross-entropy sgd 0.1 128 3',
      'table-4-epochs-1 max cross-entropy sgd 0.1 32 1',
      'table-4-epochs-3 max cross-entropy sgd 0.1 32 3',
      'table-4-epochs-21 max cross-entropy sgd 0.1 32 21',
      'table-5-rate-0.001 max cross-entropy sgd 0.001 32 8',
      'table-5-rate-0.01 max cross-entropy sgd 0.01 32 8',
      'table-5-rate-0.1 max cross-entropy sgd 0.1 32 8',
      'table-6-max max cross-entropy sgd 0.1 32 3',
      'table-6-average average cross-entropy sgd 0.1 32 3',
      'notebook-v0 linear cross-entropy sgd 0.1 32 3',
      'notebook-v1 mlp cross-entropy sgd 0.1 32 3',
      'notebook-v2 max cross-entropy sgd 0.1 32 3',
    ])
    expect(default3).toEqual(completeExperiment({ dataset: 'fashion-mnist', testEachEpoch: true }, 60_000))
  })

  it('have the notebook’s V0 and V1 of 7,960 parameters, and TinyVGG of 7,740', () => {
    const count = (name: string) => buildNetwork(parse(name).model, GARMENTS).parameterCount
    expect(['notebook-v0', 'notebook-v1', 'notebook-v2'].map(count)).toEqual([7960, 7960, 7740])
  })

  it('have one whose runs judge photos: with augmentation, and images held out to judge by', () => {
    const { augmentation, validationImages, testEachEpoch, model } = parse('photo-ready')
    expect([augmentation, validationImages, testEachEpoch]).toEqual(['photo', 5000, false])
    expect(buildNetwork(model, GARMENTS).parameterCount).toBeGreaterThan(7740)
  })

  it('are found by name, and nothing else is', () => {
    expect([findPreset('table-1-adam')?.title, findPreset('table-9')]).toEqual(['Table I: Adam', undefined])
  })
})
