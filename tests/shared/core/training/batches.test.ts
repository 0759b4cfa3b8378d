import * as tf from '@tensorflow/tfjs'
import { assert, integer, property } from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { Random } from '#shared/core/random.ts'
import { buildBatch, drawShuffle, selectAll, skipLoaderSeed } from '#shared/core/training/batches.ts'
import { NEEDS_TORCH_FIXTURES, readTorchFixtures } from '../../../reference.ts'

describe('the order of an epoch', () => {
  it.skipIf(NEEDS_TORCH_FIXTURES)(`is that of PyTorch, epoch after epoch${NEEDS_TORCH_FIXTURES}`, () => {
    const random = new Random(42)
    const orders = readTorchFixtures().shuffle_seed42_60000.map(() => {
      const order = drawShuffle(random, 60_000)
      skipLoaderSeed(random) // the pass over the test images
      return { first32: [...order.subarray(0, 32)], last8: [...order.subarray(-8)] }
    })
    expect(orders).toMatchObject(
      readTorchFixtures().shuffle_seed42_60000.map(({ first32, last8 }) => ({ first32, last8 })),
    )
  })

  it('holds every image once', () => {
    const someSeed = integer({ min: 0, max: 0xffff_ffff })
    assert(
      property(someSeed, integer({ min: 0, max: 200 }), (seed, count) => {
        const order = drawShuffle(new Random(seed), count)
        expect([...order].sort((a, b) => a - b)).toEqual([...new Array(count).keys()])
      }),
    )
  })

  it('is another one in each of ten epochs', () => {
    const random = new Random(42)
    const orders = Array.from({ length: 10 }, () => drawShuffle(random, 50).join())
    expect(new Set(orders).size).toBe(10)
  })

  it('takes two seeds of 64 bits from the generator, however many images there are', () => {
    const random = new Random(3)
    drawShuffle(random, 1000)
    const other = new Random(3)
    for (let i = 0; i < 4; i++) other.nextUint32()
    expect(random.saveState()).toEqual(other.saveState())
  })
})

describe('a batch', () => {
  beforeAll(() => startEngine('cpu'))

  const task = { height: 1, width: 2, channels: 1, classes: 10 }
  const source = {
    count: 4,
    pixels: Uint8Array.of(0, 255, 10, 11, 20, 21, 30, 31),
    labels: Uint8Array.of(5, 6, 7, 8),
  }

  it('holds the images of a part of the order, as float32 in 0..1, with their labels', () => {
    const { images, labels } = buildBatch(selectAll(source), task, Uint32Array.of(3, 0, 2, 1), 1, 3)
    const expected = [0, 1, 20 / 255, 21 / 255].map(Math.fround)
    expect([images.shape, [...images.dataSync()], [...labels]]).toEqual([[2, 1, 2, 1], expected, [5, 7]])
    images.dispose()
  })

  it('follows the selection, and keeps its order when none is given', () => {
    const selection = { source, indices: Uint32Array.of(1, 3) }
    const inOrder = buildBatch(selection, task, null, 0, 2)
    const turned = buildBatch(selection, task, Uint32Array.of(1, 0), 0, 2)
    expect([[...inOrder.labels], [...turned.labels]]).toEqual([
      [6, 8],
      [8, 6],
    ])
    tf.dispose([inOrder.images, turned.images])
  })

  it('tells whoever changes it which images it holds, by their numbers in the source', () => {
    const selection = { source, indices: Uint32Array.of(1, 3, 2) }
    const told: number[][] = []
    const { images } = buildBatch(selection, task, Uint32Array.of(2, 0, 1), 0, 2, (_, labels, numbers) => {
      told.push([...labels], [...numbers])
    })
    expect(told).toEqual([
      [7, 6],
      [2, 1],
    ])
    images.dispose()
  })
})
