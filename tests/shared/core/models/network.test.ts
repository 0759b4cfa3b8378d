import { describe, expect, it } from 'vitest'
import { buildNetwork, listParameters, size, type Network } from '#shared/core/models/network.ts'
import { modelSettings } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'

const GARMENTS = { height: 28, width: 28, channels: 1, classes: 10 }

function build(settings: object, task = GARMENTS): Network {
  return buildNetwork(modelSettings.parse(settings), task)
}

/** One line for each layer: name, output, parameters, multiply-adds. */
function summarise({ layers }: Network): string[] {
  return layers.map(
    ({ layer, output, parameterCount, multiplyAdds }) =>
      `${layer.name} ${output.join('x')} ${parameterCount} ${multiplyAdds}`,
  )
}

describe('TinyVGG', () => {
  const network = build({ name: 'tiny-vgg' })

  it('has 7,740 parameters and 1,133,860 multiply-adds', () => {
    expect([network.parameterCount, network.multiplyAdds]).toEqual([7740, 1_133_860])
  })

  it('knows the output, the parameters and the multiply-adds of each layer', () => {
    expect(summarise(network)).toEqual([
      'conv_1_1 28x28x10 100 70560',
      'conv_1_2 28x28x10 910 705600',
      'pool_1 14x14x10 0 0',
      'conv_2_1 14x14x10 910 176400',
      'conv_2_2 14x14x10 910 176400',
      'pool_2 7x7x10 0 0',
      'flatten 490 0 0',
      'classifier 10 4910 4900',
    ])
  })

  it('hands every layer the output of the one before', () => {
    const inputs = network.layers.map((layer) => layer.input)
    expect(inputs).toEqual([[28, 28, 1], ...network.layers.slice(0, -1).map((layer) => layer.output)])
  })

  it('keeps its weights as HWIO and [in, out], weight before bias, in the order of the layers', () => {
    expect(listParameters(network)).toEqual([
      { name: 'conv_1_1.weight', shape: [3, 3, 1, 10], fanIn: 9 },
      { name: 'conv_1_1.bias', shape: [10], fanIn: 9 },
      { name: 'conv_1_2.weight', shape: [3, 3, 10, 10], fanIn: 90 },
      { name: 'conv_1_2.bias', shape: [10], fanIn: 90 },
      { name: 'conv_2_1.weight', shape: [3, 3, 10, 10], fanIn: 90 },
      { name: 'conv_2_1.bias', shape: [10], fanIn: 90 },
      { name: 'conv_2_2.weight', shape: [3, 3, 10, 10], fanIn: 90 },
      { name: 'conv_2_2.bias', shape: [10], fanIn: 90 },
      { name: 'classifier.weight', shape: [490, 10], fanIn: 490 },
      { name: 'classifier.bias', shape: [10], fanIn: 490 },
    ])
  })

  it('remembers of which image the classifier sees the flattening, dropout between them or not', () => {
    const { layers } = build({ name: 'tiny-vgg', dropout: 0.5 })
    expect(layers.map(({ layer, flattenedFrom }) => [layer.name, flattenedFrom]).slice(-3)).toEqual([
      ['flatten', null],
      ['dropout', [7, 7, 10]],
      ['classifier', [7, 7, 10]],
    ])
  })

  it('shrinks by its kernel without padding, and by its stride', () => {
    const settings = {
      channels: 4,
      kernelSize: 4,
      stride: 2,
      padding: 'valid',
      blocks: 1,
      pooling: 'average',
    }
    expect(summarise(build({ name: 'tiny-vgg', ...settings }))).toEqual([
      'conv_1_1 13x13x4 68 10816', // floor((28 - 4) / 2) + 1
      'conv_1_2 5x5x4 260 6400', // floor((13 - 4) / 2) + 1
      'pool_1 2x2x4 0 0',
      'flatten 16 0 0',
      'classifier 10 170 160',
    ])
  })

  it('takes images that are no squares, and leaves out what fills no pooling window', () => {
    const network = build(
      { name: 'tiny-vgg', channels: 2, blocks: 1 },
      { height: 7, width: 9, channels: 3, classes: 2 },
    )
    expect(summarise(network)).toEqual([
      'conv_1_1 7x9x2 56 3402',
      'conv_1_2 7x9x2 38 2268',
      'pool_1 3x4x2 0 0',
      'flatten 24 0 0',
      'classifier 2 50 48',
    ])
  })
})

describe('networks of dense layers', () => {
  it.each([
    [
      "the notebook's V0",
      { name: 'linear' },
      ['flatten 784 0 0', 'dense_1 10 7850 7840', 'classifier 10 110 100'],
    ],
    [
      "the notebook's V1",
      { name: 'mlp', hiddenUnits: [10], activateLogits: true },
      ['flatten 784 0 0', 'dense_1 10 7850 7840', 'classifier 10 110 100'],
    ],
    [
      'hidden layers with dropout',
      { name: 'mlp', hiddenUnits: [64, 32], dropout: 0.2 },
      [
        'flatten 784 0 0',
        'dense_1 64 50240 50176',
        'dropout_1 64 0 0',
        'dense_2 32 2080 2048',
        'dropout_2 32 0 0',
        'classifier 10 330 320',
      ],
    ],
  ])('know the sizes of %s', (_, settings, layers) => {
    expect(summarise(build(settings))).toEqual(layers)
  })

  it('differ in where the activation is', () => {
    const activations = (settings: object) =>
      build(settings).layers.flatMap(({ layer }) => (layer.kind === 'dense' ? [layer.activation] : []))
    expect([
      activations({ name: 'linear' }),
      activations({ name: 'mlp', hiddenUnits: [5, 5], activation: 'tanh' }),
      activations({ name: 'mlp', hiddenUnits: [5], activateLogits: true }),
    ]).toEqual([
      [null, null],
      ['tanh', 'tanh', null],
      ['relu', 'relu'],
    ])
  })

  it('have 7,960 parameters as V0', () => {
    expect(build({ name: 'linear' }).parameterCount).toBe(7960)
  })

  it('add up whatever the settings are', () => {
    const network = build({ name: 'mlp', hiddenUnits: [3, 5], dropout: 0.5 })
    const counted = listParameters(network).reduce((sum, { shape }) => sum + size(shape), 0)
    expect(network.parameterCount).toBe(counted)
  })
})

describe('settings that cannot work', () => {
  it.each([
    [
      "an even kernel with padding 'same'",
      { name: 'tiny-vgg', kernelSize: 4 },
      "A kernel of 4 x 4 has no middle, so padding 'same' cannot keep the image's size. " +
        "Use an odd kernel size or padding 'valid'.",
    ],
    [
      'a kernel larger than the image that reaches it',
      { name: 'tiny-vgg', kernelSize: 9, padding: 'valid' },
      'The image that reaches conv_2_1 is 6 pixels wide, less than its window of 9. ' +
        "Use fewer blocks, a smaller kernel, stride 1 or padding 'same'.",
    ],
    [
      'more pooling than there are pixels',
      { name: 'tiny-vgg', stride: 4, blocks: 2 },
      'The image that reaches pool_2 is 1 pixels wide, less than its window of 2. ' +
        "Use fewer blocks, a smaller kernel, stride 1 or padding 'same'.",
    ],
    [
      'more parameters than fit',
      { name: 'mlp', hiddenUnits: [4096, 4096, 4096, 4096] },
      'This network would have 53,600,266 parameters; at most 50,000,000 are possible. Use fewer units or channels.',
    ],
  ])('are refused: %s', (_, settings, message) => {
    expect(() => build(settings)).toThrow(new Failure('invalid-setting', message))
    expect(() => build(settings)).toThrow(expect.objectContaining({ code: 'invalid-setting' }))
  })
})
