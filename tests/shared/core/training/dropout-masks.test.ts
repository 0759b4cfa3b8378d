import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { buildNetwork, type Network } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { drawDropoutMasks } from '#shared/core/training/dropout-masks.ts'
import { modelSettings } from '#shared/experiment.ts'

beforeAll(() => startEngine('cpu'))

function build(settings: object): Network {
  return buildNetwork(modelSettings.parse(settings), { height: 8, width: 8, channels: 1, classes: 3 })
}

function draw(network: Network, batchSize: number, random: Random): { shape: number[]; values: number[] }[] {
  return tf.tidy(() =>
    drawDropoutMasks(network, batchSize, random).map((mask) => ({
      shape: mask.shape,
      values: [...mask.dataSync()],
    })),
  )
}

/** The twenty values of torch.manual_seed(42); dropout(torch.ones(20), rate). */
function drawTwenty(rate: number): number[] {
  const network = build({ name: 'mlp', hiddenUnits: [20], dropout: rate })
  return draw(network, 1, new Random(42))[0]?.values ?? []
}

describe('dropout masks', () => {
  it('are those of torch.nn.functional.dropout with seed 42', () => {
    const half = [2, 2, 2, 2, 0, 2, 0, 0, 2, 2, 2, 2, 0, 0, 2, 0, 2, 0, 0, 2]
    const third = [1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1].map(
      (kept) => kept * 1.4285714626312256,
    )
    expect([drawTwenty(0.5), drawTwenty(0.3)]).toEqual([half, third])
  })

  // torch.manual_seed(42); dropout(torch.ones(400), rate).max(); double precision would give 1.1764706 and 16.666666
  it('are scaled in float32, as PyTorch divides', () => {
    expect([Math.max(...drawTwenty(0.15)), Math.max(...drawTwenty(0.94))]).toEqual([
      1.1764705181121826, 16.666667938232422,
    ])
  })

  it('keep the share that the rate leaves, whatever the rate', () => {
    for (const rate of [0.1, 0.5, 0.9]) {
      const network = build({ name: 'mlp', hiddenUnits: [4000], dropout: rate })
      const values = draw(network, 5, new Random(1))[0]?.values ?? []
      const kept = values.filter((value) => value !== 0)
      expect(Math.abs(kept.length / 20_000 - (1 - rate))).toBeLessThan(0.02) // five standard deviations
      expect(new Set(kept).size).toBe(1)
    }
  })

  it('are drawn in the order of the layers, a batch at a time', () => {
    const network = build({ name: 'mlp', hiddenUnits: [4, 3], dropout: 0.5 })
    const masks = draw(network, 2, new Random(42))
    expect(masks.map(({ shape }) => shape)).toEqual([
      [2, 4],
      [2, 3],
    ])
    expect(masks.flatMap(({ values }) => values)).toEqual(drawTwenty(0.5).slice(0, 14))
  })

  it('are drawn in PyTorch’s order of pixels and channels, image by image', () => {
    const network = build({ name: 'tiny-vgg', channels: 2, dropout: 0.5 }) // flattens 2 x 2 pixels of 2 channels
    const drawn = drawTwenty(0.5)
    const turned = [0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15].map((place) => drawn[place])
    expect(draw(network, 2, new Random(42))).toEqual([{ shape: [2, 8], values: turned }])
  })

  it('are none without dropout, and nothing is drawn for them', () => {
    const random = new Random(42)
    const before = random.saveState()
    expect(draw(build({ name: 'mlp', hiddenUnits: [4] }), 2, random)).toEqual([])
    expect(random.saveState()).toEqual(before)
  })
})
