import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { applyNetwork } from '#shared/core/models/apply-network.ts'
import { drawInitialParameters } from '#shared/core/models/initial-parameters.ts'
import { buildNetwork, type Network } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { modelSettings } from '#shared/experiment.ts'

beforeAll(() => startEngine('cpu'))

function build(settings: object, height: number, width: number, classes: number): Network {
  return buildNetwork(modelSettings.parse(settings), { height, width, channels: 1, classes })
}

/** The logits of images, with parameters given value by value. */
function apply(
  network: Network,
  values: readonly (readonly number[])[],
  images: number[],
  masks: tf.Tensor[] = [],
): number[] {
  const { height, width, channels } = network.task
  const shapes = network.layers.flatMap((layer) => layer.parameters.map(({ shape }) => shape))
  return tf.tidy(() => {
    const parameters = shapes.map((shape, index) => tf.tensor([...(values[index] ?? [])], [...shape]))
    const input = tf.tensor4d(images, [images.length / (height * width), height, width, channels])
    return [...applyNetwork(network, parameters, input, masks).dataSync()]
  })
}

describe('the forward pass', () => {
  // 2 x 2 pixels -> one filter of 1 x 1 (weight 2, bias 1), twice -> the largest of four -> two classes
  const tiny = { name: 'tiny-vgg', channels: 1, kernelSize: 1, blocks: 1 }
  const weights = [[2], [1], [1], [0], [1, -1], [0, 0.5]]

  it('multiplies, adds, pools and classifies as by hand', () => {
    const network = build(tiny, 2, 2, 2)
    expect(apply(network, weights, [0, 1, 2, -3])).toEqual([5, -4.5])
    const average = build({ ...tiny, pooling: 'average' }, 2, 2, 2)
    expect(apply(average, weights, [0, 1, 2, -3])).toEqual([2.25, -1.75]) // (1 + 3 + 5 + 0) / 4
  })

  it('does not turn the filter over, and puts zeros around the image', () => {
    const network = build({ ...tiny, kernelSize: 3 }, 2, 2, 1)
    const onlyRight = [0, 0, 0, 0, 0, 1, 0, 0, 0]
    const onlyMiddle = [0, 0, 0, 0, 1, 0, 0, 0, 0]
    const logits = apply(network, [onlyRight, [0], onlyMiddle, [0], [1], [0]], [9, 4, 8, 3])
    expect(logits).toEqual([4]) // every pixel became its right neighbour, the last column zero
  })

  it.each([
    ['relu', [0, 0, 2]],
    ['leaky-relu', [-0.03, 0, 2]],
    ['tanh', [Math.tanh(-3), 0, Math.tanh(2)]],
    ['sigmoid', [1 / (1 + Math.exp(3)), 0.5, 1 / (1 + Math.exp(-2))]],
  ] as const)('activates with %s as PyTorch defines it', (activation, expected) => {
    const network = build({ name: 'mlp', hiddenUnits: [1], activation }, 1, 1, 1)
    const logits = apply(network, [[1], [0], [1], [0]], [-3, 0, 2])
    logits.forEach((logit, index) => expect(logit).toBeCloseTo(expected[index] ?? Number.NaN, 6))
  })

  it('multiplies by a dropout mask where it is given one, and by nothing where not', () => {
    const network = build({ name: 'mlp', hiddenUnits: [2], dropout: 0.5 }, 1, 2, 1)
    const values = [[1, 0, 0, 1], [0, 0], [1, 10], [0]]
    expect(apply(network, values, [3, 4])).toEqual([43])
    const mask = tf.tensor2d([[2, 0]])
    expect(apply(network, values, [3, 4], [mask])).toEqual([6])
    mask.dispose()
  })

  it('gives one row of logits for each image, whatever the others are', () => {
    const network = build({ name: 'tiny-vgg', channels: 3 }, 8, 8, 4)
    const values = drawInitialParameters(network, new Random(1)).map((parameter) => [...parameter.values])
    const random = new Random(2)
    const images = Array.from({ length: 3 }, () => Array.from({ length: 64 }, () => random.uniform(0, 1)))
    const apart = images.map((image) => apply(network, values, image))
    expect(apply(network, values, images.flat())).toEqual(apart.flat())
  })

  it('refuses fewer parameters than the network has', () => {
    const network = build({ name: 'linear', hiddenUnits: [2] }, 1, 1, 2)
    const parameters = [tf.zeros([1, 2]), tf.zeros([2])]
    const images = tf.zeros<tf.Rank.R4>([1, 1, 1, 1])
    expect(() => tf.tidy(() => applyNetwork(network, parameters, images))).toThrow(
      'fewer parameters were given',
    )
    tf.dispose([parameters, images])
  })
})
