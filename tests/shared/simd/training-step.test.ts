// The whole-step kernel against the same network composed of TensorFlow.js's operations on the cpu backend.
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SimdEngine } from '#main/engines/simd.ts'
import { ACTIVATIONS, type Activation } from '#shared/simd/instructions/activations.ts'
import type { NetworkLayer, Padding } from '#shared/simd/network/description.ts'
import { computeOn, largestDifference, randomValues, startEngine, type Values } from './engines.ts'
import {
  composedGradients,
  composedStep,
  convolveByPlaces,
  runTrainingStep,
  tinyVggLayers,
  tinyVggParameters,
} from './networks.ts'

let engine: SimdEngine
beforeAll(async () => {
  engine = await startEngine(2)
})
afterAll(() => engine.dispose())

const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 }

/** A layer still without sizes; `filters` and `kernel` become the parameter's shape. */
const anyLayer = fc.oneof(
  fc.record({
    kind: fc.constant('convolution' as const),
    filters: fc.integer({ min: 1, max: 14 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    pad: fc.integer({ min: 0, max: 2 }),
    activation: fc.constantFrom(...ACTIVATIONS),
  }),
  fc.record({
    kind: fc.constantFrom('maxPooling' as const, 'averagePooling' as const),
    window: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('dropout' as const) }),
)

const anyNetwork = fc.record({
  image: fc.tuple(
    fc.integer({ min: 8, max: 12 }),
    fc.integer({ min: 8, max: 12 }),
    fc.integer({ min: 1, max: 5 }),
  ),
  batch: fc.integer({ min: 1, max: 20 }),
  front: fc.array(anyLayer, { maxLength: 4 }),
  hidden: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 1 }),
  loss: fc.constantFrom('CrossEntropyLoss' as const, 'MultiMarginLoss' as const, 'NLLLoss' as const),
  seed: fc.integer(),
})

interface Built {
  readonly layers: NetworkLayer[]
  readonly parameters: Values[]
  readonly masks: Values[]
}

/** Sizes a random network, leaving out windows that do not fit. */
function build({
  image,
  batch,
  front,
  hidden,
  seed,
}: typeof anyNetwork extends fc.Arbitrary<infer T> ? T : never): Built {
  let [height, width, channels] = image
  const built: Built = { layers: [], parameters: [], masks: [] }
  const draw = (shape: number[], scale: number) => randomValues(shape, seed + built.parameters.length, scale)
  for (const layer of front) {
    if (layer.kind === 'dropout') {
      built.layers.push(layer)
      const mask = randomValues([batch, height, width, channels], seed + 77)
      built.masks.push({ ...mask, values: mask.values.map((value) => (value > 0 ? 2 : 0)) })
    } else if (layer.kind === 'convolution') {
      const [rows, columns] = layer.kernel
      const [down, across] = layer.strides
      if (height + 2 * layer.pad < rows || width + 2 * layer.pad < columns) continue
      const padding = { top: layer.pad, bottom: layer.pad, left: layer.pad, right: layer.pad }
      built.layers.push({
        kind: 'convolution',
        strides: layer.strides,
        padding,
        activation: layer.activation,
      })
      built.parameters.push(
        draw([rows, columns, channels, layer.filters], 1 / Math.sqrt(rows * columns * channels)),
      )
      built.parameters.push(draw([layer.filters], 0.3))
      height = Math.floor((height + 2 * layer.pad - rows) / down) + 1
      width = Math.floor((width + 2 * layer.pad - columns) / across) + 1
      channels = layer.filters
    } else {
      if (height < layer.window || width < layer.window) continue
      const window = [layer.window, layer.window] as const
      built.layers.push({
        kind: layer.kind,
        window,
        strides: [layer.stride, layer.stride],
        padding: noPadding,
      })
      height = Math.floor((height - layer.window) / layer.stride) + 1
      width = Math.floor((width - layer.window) / layer.stride) + 1
    }
  }
  let inputs = height * width * channels
  for (const outputs of [...hidden, 7]) {
    built.layers.push({ kind: 'dense', activation: outputs === 7 ? 'linear' : 'relu' })
    built.parameters.push(draw([inputs, outputs], 1 / Math.sqrt(inputs)), draw([outputs], 0.3))
    inputs = outputs
  }
  return built
}

test('the losses, outputs and gradients of any network agree with its composition on the cpu backend', async () => {
  await fc.assert(
    fc.asyncProperty(anyNetwork, async (network) => {
      const { image, batch, loss, seed } = network
      const { layers, parameters, masks } = build(network)
      const images = randomValues([batch, ...image], seed + 99)
      const labels = Array.from({ length: batch }, (_, index) => (index * 3 + 1) % 7)
      const inputs = [images, ...parameters, ...masks]
      const split = (tensors: tf.Tensor[]) => ({
        images: tensors[0] as tf.Tensor4D,
        labels: tf.tensor1d(labels, 'int32'),
        parameters: tensors.slice(1, 1 + parameters.length),
        masks: tensors.slice(1 + parameters.length),
      })
      const expected = await computeOn('cpu', inputs, (tensors) => composedStep(split(tensors), layers, loss))
      const actual = await computeOn('simd', inputs, (tensors) =>
        runTrainingStep(split(tensors), { layers, loss, optimizer: { name: 'none' } }),
      )
      expect(largestDifference(actual, expected)).toBeLessThan(5e-5)
    }),
    { numRuns: 100, seed: 7 },
  )
}, 60_000)

/** Stride 1, filters of 3 x 3, an even size and channels in fours: what is convolved in tiles, forward and back. */
const tiledNetwork = fc.record({
  height: fc.constantFrom(4, 6, 12),
  width: fc.constantFrom(4, 6, 10),
  channels: fc.constantFrom(3, 16, 20),
  filters: fc.tuple(fc.constantFrom(16, 20, 28), fc.constantFrom(16, 24, 36), fc.constantFrom(16, 32, 5)),
  batch: fc.integer({ min: 1, max: 18 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  pools: fc.boolean(),
  seed: fc.integer(),
})

/** How far the engine's step of a network in tiles is from its composition on the cpu backend. */
async function tiledDifference(given: {
  height: number
  width: number
  channels: number
  filters: readonly number[]
  batch: number
  activation: Activation
  pools: boolean
  seed: number
}): Promise<number> {
  const { height, width, channels, filters, batch, activation, pools, seed } = given
  const pooling = { kind: 'maxPooling' as const, window: 2, stride: 2 }
  const front = filters.flatMap((count, index) => [
    {
      ...{ kind: 'convolution' as const, filters: count, kernel: [3, 3] as [number, number] },
      ...{ strides: [1, 1] as [number, number], pad: 1, activation },
    },
    ...(pools && index === 1 ? [pooling] : []),
  ])
  const image: [number, number, number] = [height, width, channels]
  const loss = 'CrossEntropyLoss'
  const { layers, parameters } = build({ image, batch, front, hidden: [], seed, loss })
  const labels = Array.from({ length: batch }, (_, index) => (index * 3 + 1) % 7)
  const inputs = [randomValues([batch, ...image], seed + 99), ...parameters]
  const split = (tensors: tf.Tensor[]) => ({
    ...{ images: tensors[0] as tf.Tensor4D, labels: tf.tensor1d(labels, 'int32') },
    ...{ parameters: tensors.slice(1), masks: [] },
  })
  const expected = await computeOn('cpu', inputs, (tensors) =>
    composedStep(split(tensors), layers, loss, convolveByPlaces),
  )
  const actual = await computeOn('simd', inputs, (tensors) =>
    runTrainingStep(split(tensors), { layers, loss, optimizer: { name: 'none' } }),
  )
  return largestDifference(actual, expected)
}

test('networks of many channels, which are convolved in tiles, agree with the cpu backend too', async () => {
  await fc.assert(
    fc.asyncProperty(tiledNetwork, async (given) => {
      expect(await tiledDifference(given)).toBeLessThan(5e-5)
    }),
    { numRuns: 12, seed: 7 },
  )
}, 120_000)

test('layers in tiles that narrow keep to their scratch memory', async () => {
  // 24 tiles fill it to the last number. No other layer is in tiles, so that none asks for more.
  const sizes = { height: 8, width: 12, channels: 3, filters: [128, 16], batch: 1 }
  const difference = await tiledDifference({ ...sizes, activation: 'relu', pools: false, seed: 5 })
  expect(difference).toBeLessThan(5e-5)
})

test('the gradient of a small network is the slope that finite differences see', async () => {
  const layers = tinyVggLayers()
  const parameters = tinyVggParameters(3, 3)
  const images = randomValues([2, 28, 28, 1], 5)
  const split = (tensors: tf.Tensor[]) => ({
    ...{ images: tensors[0] as tf.Tensor4D, labels: tf.tensor1d([1, 2], 'int32') },
    ...{ parameters: tensors.slice(1), masks: [] },
  })
  const step = (values: Values[]) =>
    computeOn('simd', [images, ...values], (tensors) =>
      runTrainingStep(split(tensors), { layers, loss: 'CrossEntropyLoss', optimizer: { name: 'none' } }),
    )
  const meanLoss = ([losses]: { values: Float32Array }[]) =>
    (losses?.values.reduce((a, b) => a + b, 0) ?? NaN) / 2
  const gradients = (await step(parameters)).slice(2)
  for (const [index, parameter] of parameters.entries()) {
    const at = parameter.values.length >> 1
    const moved = (distance: number) =>
      parameters.map((other, place) =>
        place === index
          ? { ...other, values: other.values.map((value, n) => (n === at ? value + distance : value)) }
          : other,
      )
    const slope = (meanLoss(await step(moved(2e-3))) - meanLoss(await step(moved(-2e-3)))) / 4e-3
    expect(Math.abs(slope - (gradients[index]?.values[at] ?? NaN))).toBeLessThan(2e-3)
  }
})

test('the first fifty losses of TinyVGG are within 1e-4 of those of the cpu backend', async () => {
  const layers = tinyVggLayers()
  const images = randomValues([24, 28, 28, 1], 11)
  const labels = Array.from({ length: 24 }, (_, index) => (index * 7) % 10)
  const losses = async (backend: 'cpu' | 'simd') => {
    const found: number[] = []
    let parameters = tinyVggParameters(10, 42)
    for (let step = 0; step < 50; step++) {
      const picked = Array.from({ length: 2 }, (_, index) => (step * 2 + index) % 24)
      const results = await computeOn(backend, [images, ...parameters], ([images, ...parameters]) => {
        const batch = {
          images: tf.gather(images as tf.Tensor4D, tf.tensor1d(picked, 'int32')),
          labels: tf.tensor1d(
            picked.map((row) => labels[row] ?? 0),
            'int32',
          ),
          ...{ parameters, masks: [] },
        }
        if (backend === 'simd') {
          const optimizer = { name: 'SGD', momentum: 0, learningRate: 0.1 } as const
          return runTrainingStep(batch, { layers, loss: 'CrossEntropyLoss', optimizer })
        }
        const { loss, gradients } = composedGradients(batch, layers, 'CrossEntropyLoss', convolveByPlaces)
        const updated = gradients.map((gradient, index) =>
          tf.sub(parameters[index] as tf.Tensor, gradient.mul(0.1)),
        )
        return [loss, loss, ...updated]
      })
      const losses = results[0]?.values ?? new Float32Array()
      found.push(losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
      parameters = results.slice(2)
    }
    return found
  }
  const expected = await losses('cpu')
  const actual = await losses('simd')
  const largest = Math.max(...actual.map((loss, step) => Math.abs(loss - (expected[step] ?? NaN))))
  expect(largest).toBeLessThan(1e-4)
}, 120_000)

test('a network without a fast path is answered with nothing, so that it is composed instead', async () => {
  const wide: NetworkLayer[] = [{ kind: 'dense', activation: 'linear' }]
  const inputs = [randomValues([2, 28, 28, 1], 1), randomValues([784, 100], 2), randomValues([100], 3)]
  const results = await computeOn('simd', inputs, ([images, ...parameters]) =>
    runTrainingStep(
      {
        ...{ images: images as tf.Tensor4D, labels: tf.tensor1d([1, 2], 'int32') },
        ...{ parameters, masks: [] },
      },
      { layers: wide, loss: 'CrossEntropyLoss', optimizer: { name: 'none' } },
    ),
  )
  expect(results).toEqual([])
})
