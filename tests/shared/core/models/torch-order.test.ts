import { describe, expect, it } from 'vitest'
import { buildNetwork } from '#shared/core/models/network.ts'
import { torchOrder } from '#shared/core/models/torch-order.ts'
import { modelSettings } from '#shared/experiment.ts'

function classifierOrder(settings: object): number[] {
  const task = { height: 4, width: 6, channels: 1, classes: 3 }
  const classifier = buildNetwork(modelSettings.parse(settings), task).layers.at(-1)
  return classifier === undefined ? [] : [...torchOrder(classifier)]
}

describe('the order in which PyTorch flattens', () => {
  it('has the channels first, so the values of one pixel lie an image apart', () => {
    const settings = { name: 'tiny-vgg', channels: 2, blocks: 1 } // pooled to 2 x 3 pixels of 2 channels
    expect(classifierOrder(settings)).toEqual([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11])
  })

  it('is ours after a dense layer', () => {
    expect(classifierOrder({ name: 'mlp', hiddenUnits: [5] })).toEqual([0, 1, 2, 3, 4])
  })
})
