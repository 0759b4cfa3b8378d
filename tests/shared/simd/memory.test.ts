// Memory: nothing grows while a loop repeats itself, and nonsense is refused before it can touch a neighbour's numbers.
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SimdEngine } from '#main/engines/simd.ts'
import { Allocator } from '#shared/simd/allocator.ts'
import { asSimdBackend } from '#shared/simd/backend.ts'
import type { OptimizerStep } from '#shared/simd/network/optimizer.ts'
import { createSharedMemory } from '#shared/simd/web-assembly.ts'
import { randomValues, startEngine } from './engines.ts'
import {
  composedStep,
  runKernel,
  runTrainingStep,
  tinyVggLayers,
  tinyVggParameters,
  type Batch,
} from './networks.ts'

let engine: SimdEngine
beforeAll(async () => {
  engine = await startEngine(2)
})
afterAll(() => engine.dispose())

const layers = tinyVggLayers()
const sgd: OptimizerStep = { name: 'SGD', learningRate: 0.1, momentum: 0 }

function batchOf(size: number): Batch {
  const { shape, values } = randomValues([size, 28, 28, 1], 1)
  const parameters = tinyVggParameters(10, 2).map((parameter) => tf.tensor(parameter.values, parameter.shape))
  const labels = tf.tensor1d(
    Array.from({ length: size }, (_, index) => index % 10),
    'int32',
  )
  return {
    images: tf.tensor4d(values, shape as [number, number, number, number]),
    labels,
    parameters,
    masks: [],
  }
}

function allocator(): Allocator {
  return asSimdBackend(tf.backend()).machine.allocator
}

test('two hundred steps leave as many tensors and as many bytes as two', () => {
  const batch = batchOf(8)
  const step = () =>
    tf.tidy(() => {
      runTrainingStep(batch, { layers, loss: 'CrossEntropyLoss', optimizer: sgd })
      composedStep(
        { ...batch, images: batch.images.slice(0, 2), labels: batch.labels.slice(0, 2) },
        layers,
        'CrossEntropyLoss',
      )
    })
  const measure = () => [tf.memory().numTensors, allocator().usedBytes, allocator().reservedBytes]
  step()
  step()
  const before = measure()
  for (let repeat = 0; repeat < 200; repeat++) step()
  expect(measure()).toEqual(before)
  tf.dispose([batch.images, batch.labels, ...batch.parameters])
})

test('a freed block is given out again, and cannot be freed twice', () => {
  const blocks = new Allocator(createSharedMemory(), 4096)
  const first = blocks.allocate(1000)
  const second = blocks.allocate(100_000)
  blocks.free(first)
  expect(blocks.allocate(1001)).toBe(first)
  blocks.free(second)
  expect(() => blocks.free(second)).toThrow('holds no block')
  expect(() => blocks.allocate(2 ** 31)).toThrow('2 GiB')
})

test('numbers that are read are a copy, and survive the tensor', async () => {
  const tensor = tf.tensor1d([1, 2, 3])
  const values = tensor.dataSync()
  const later = await tensor.data()
  tensor.dispose()
  const other = tf.tensor1d([7, 8, 9])
  expect([...values, ...later]).toEqual([1, 2, 3, 1, 2, 3])
  other.dispose()
})

test('integers, booleans, strings and complex numbers live in the engine as well', () => {
  tf.tidy(() => {
    expect([...tf.tensor1d([1, -2], 'int32').dataSync()]).toEqual([1, -2])
    expect([...tf.tensor1d([true, false], 'bool').logicalNot().dataSync()]).toEqual([0, 1])
    expect(tf.tensor1d(['a', 'bc']).dataSync()).toEqual(['a', 'bc'])
    expect([...tf.real(tf.complex([1, 2], [3, 4])).dataSync()]).toEqual([1, 2])
  })
})

test('a step with shapes or labels that make no sense is refused with the reason', () => {
  const batch = batchOf(4)
  const attributes = { layers, loss: 'CrossEntropyLoss', optimizer: sgd } as const
  const run = (changes: Partial<Batch>) => () =>
    tf.tidy(() => runTrainingStep({ ...batch, ...changes }, attributes))
  expect(run({ labels: tf.tensor1d([0, 1, 10, 2], 'int32') })).toThrow('A label of 10 is outside 0 to 9')
  expect(run({ labels: tf.tensor1d([0, 1, 2], 'int32') })).toThrow('labels should have shape [4]')
  expect(run({ labels: tf.tensor1d([0, 1, 2, 3], 'float32') })).toThrow('type int32')
  expect(run({ parameters: batch.parameters.slice(0, 8) })).toThrow("A layer's weights has shape")
  expect(run({ parameters: [...batch.parameters, tf.zeros([3])] })).toThrow('10 parameters')
  const [first, ...others] = batch.parameters
  expect(run({ parameters: [tf.reshape(first as tf.Tensor, [3, 3, 10, 1]), ...others] })).toThrow(
    "A layer's filter has shape",
  )
  const large = tf.zeros<tf.Rank.R4>([1, 28, 28, 3])
  expect(run({ images: large, labels: tf.tensor1d([0], 'int32') })).toThrow("A layer's filter has shape")
  const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1 }
  const moments = { first: tf.zeros([3]), second: tf.zeros([3]) }
  const inputs = { weights: tf.zeros([3]), gradient: tf.zeros([4]), ...moments }
  expect(() => tf.tidy(() => runKernel('AdamUpdate', inputs, adam))).toThrow(
    "An update's gradient should have the weights' shape [3]",
  )
})
