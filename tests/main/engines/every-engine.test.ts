// One suite over all engines: the operations of the networks with their gradients, then PyTorch's first steps.
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DatasetContent } from '#main/datasets/content-hash.ts'
import { startEngine } from '#main/engines/start-engine.ts'
import { engineDescriptionSchema, type EngineName } from '#shared/engine.ts'
import { LOSS_NAMES, type NewExperiment } from '#shared/experiment.ts'
import { readTensors } from '../../read-tensors.ts'
import {
  FASHION_MNIST_FOLDER,
  NEEDS_REAL_DATA,
  NEEDS_TORCH_FIXTURES,
  NEEDS_TORCH_MORE,
  optimizerOf,
  readFashionMnist,
  readTorchFixtures,
  readTorchMore,
  type TorchSteps,
} from '../../reference.ts'
import { takeFirstSteps } from '../../shared/core/training/first-steps.ts'
import { differentiateLoss, TORCH_LOSSES } from '../../shared/core/training/loss-gradient.ts'
import { findEngines } from './engines-here.ts'
import { compareConvolution, listConvolutions, PADDINGS } from './convolution-cases.ts'
import { compare, convolve, drawNumbers, pool } from './plain-arithmetic.ts'

/** How far an engine's float32 arithmetic may be from double precision, as a share of the largest value. */
const TOLERANCES: Readonly<Record<EngineName, number>> = {
  cuda: 1e-3,
  webgpu: 1e-4,
  simd: 1e-5,
  native: 1e-5,
  wasm: 1e-5,
  cpu: 1e-5,
}

/** Value and derivative of an operation of one number, on the engine. */
async function differentiate(operation: (x: tf.Tensor) => tf.Tensor, points: readonly number[]) {
  const [values = [], slopes = []] = await readTensors(() => {
    const x = tf.tensor1d([...points])
    return [operation(x), tf.grad((at: tf.Tensor) => tf.sum(operation(at)))(x)]
  })
  return { values, slopes }
}

const ACTIVATIONS = {
  relu: [tf.relu, (x: number) => Math.max(x, 0), (x: number) => Number(x > 0)],
  'leaky-relu': [
    (x: tf.Tensor) => tf.leakyRelu(x, 0.01),
    (x: number) => Math.max(x, 0.01 * x),
    (x: number) => (x > 0 ? 1 : 0.01),
  ],
  tanh: [tf.tanh, Math.tanh, (x: number) => 1 - Math.tanh(x) ** 2],
  sigmoid: [
    tf.sigmoid,
    (x: number) => 1 / (1 + Math.exp(-x)),
    (x: number) => 1 / (2 + Math.exp(x) + Math.exp(-x)),
  ],
} as const

/**
 * PyTorch's runs, and how many of their steps the slow engine `cpu` takes: each is 5 s for TinyVGG. The fiftieth loss
 * may differ by 0.01; multi-margin's by more, since PyTorch's own differs by 0.011 between float32 and float64.
 */
const FIRST_STEPS = [
  { key: 'v2_sgd0.1_ce', settings: {}, onCpu: 2 },
  { key: 'v2_adam1e-3_ce', settings: { optimizer: { name: 'adam' }, learningRate: 0.001 }, onCpu: 0 },
  { key: 'v2_sgd0.1_multimargin', settings: { loss: 'multi-margin' }, onCpu: 0, fiftieth: 0.015 },
  { key: 'v2avg_sgd0.1_ce', settings: { model: { name: 'tiny-vgg', pooling: 'average' } }, onCpu: 1 },
  { key: 'v0_sgd0.1_ce', settings: { model: { name: 'linear' } }, onCpu: 50 },
] as const

/** Networks and settings beside the paper's, for 20 steps; each is a run of torch-more.json by this name. */
const VARIANTS = [
  { run: 'tinyvgg-hidden16', settings: { model: { name: 'tiny-vgg', channels: 16 } } },
  { run: 'tinyvgg-padding0', settings: { model: { name: 'tiny-vgg', padding: 'valid' } } },
  { run: 'tinyvgg-dropout0.3', settings: { model: { name: 'tiny-vgg', dropout: 0.3 } } },
  { run: 'tinyvgg-momentum0.9', settings: {} },
  { run: 'tinyvgg-kernel5', settings: { model: { name: 'tiny-vgg', kernelSize: 5 } } },
] as const

const STEPS_MISSING = `${NEEDS_REAL_DATA}${NEEDS_TORCH_FIXTURES}`
const MORE_MISSING = `${NEEDS_REAL_DATA}${NEEDS_TORCH_MORE}`
let data: DatasetContent | null = null
beforeAll(async () => {
  if (FASHION_MNIST_FOLDER !== null) data = await readFashionMnist()
})

const engines = await findEngines()

describe.each(engines)('the engine $title', ({ name, absent }) => {
  if (absent !== null) {
    it.skip('is not on this machine')
    return
  }
  const tolerance = TOLERANCES[name]
  // A GPU that a program computes takes seconds for a step.
  const timeout = name === 'webgpu' ? 3_600_000 : 120_000
  beforeAll(() => startEngine(name))

  it('is TensorFlow.js’s backend and says what it is', async () => {
    const description = await startEngine(name)
    expect(engineDescriptionSchema.parse(description)).toEqual(description)
    expect([description.name, description.backend]).toEqual([name, tf.getBackend()])
    expect(description.versions['@tensorflow/tfjs']).toBe(tf.version.tfjs)
  })

  it.each([1, 2, 3].flatMap((stride) => PADDINGS.map((padding) => ({ stride, padding }))))(
    'convolves forward and back with stride $stride and padding $padding',
    async ({ stride, padding }) => {
      for (const convolution of listConvolutions(stride, padding))
        expect(await compareConvolution(name, convolution), JSON.stringify(convolution)).toBeLessThanOrEqual(
          tolerance,
        )
    },
  )

  it.each((['max', 'average'] as const).flatMap((pooling) => [2, 3].map((size) => ({ pooling, size }))))(
    'pools forward and back: the $pooling of windows of $size',
    async ({ pooling, size }) => {
      const shape: [number, number, number, number] = [2, 7, 9, 3]
      const images = drawNumbers(2 * 7 * 9 * 3, 5)
      const upstream = drawNumbers(2 * Math.floor(7 / size) * Math.floor(9 / size) * 3, 6)
      const expected = pool(pooling, shape, size, images, upstream)
      const [values = [], gradient = []] = await readTensors(() => {
        const operation = pooling === 'max' ? tf.maxPool : tf.avgPool
        const forward = (x: tf.Tensor) => operation(x as tf.Tensor4D, size, size, 'valid')
        const input = tf.tensor4d(images, shape)
        const output = forward(input)
        return [output, tf.grad(forward)(input, tf.tensor4d(upstream, output.shape))]
      })
      expect(compare(values, expected.values)).toBeLessThan(tolerance)
      expect(compare(gradient, expected.ofImages)).toBeLessThan(tolerance)
    },
  )

  it('gives the gradient of a window of equal values to one of them', async () => {
    const [gradient] = await readTensors(() => {
      const forward = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid')
      return [tf.grad(forward)(tf.ones([1, 2, 2, 1]), tf.tensor4d([3], [1, 1, 1, 1]))]
    })
    expect([...(gradient ?? [])].sort()).toEqual([0, 0, 0, 3])
  })

  it.each([
    [1, 490, 10],
    [3, 5, 7],
    [17, 1, 1],
  ])('multiplies matrices forward and back: %d x %d by %d, with a bias', async (rows, inner, columns) => {
    const [a, b, bias] = [
      drawNumbers(rows * inner, 7),
      drawNumbers(inner * columns, 8),
      drawNumbers(columns, 9),
    ]
    const upstream = drawNumbers(rows * columns, 10)
    // A dense layer is a convolution of one place: filters as large as the image.
    const dense = {
      batch: rows,
      height: 1,
      width: 1,
      inputs: inner,
      outputs: columns,
      rows: 1,
      columns: 1,
    } as const
    const expected = convolve({ ...dense, stride: 1, padding: 'valid' }, a, b, bias, upstream)
    const found = await readTensors(() => {
      const forward = (...[x, w, c]: tf.Tensor[]) =>
        tf.fused.matMul({ a: x as tf.Tensor2D, b: w as tf.Tensor2D, bias: c as tf.Tensor1D })
      const operands = [tf.tensor(a, [rows, inner]), tf.tensor(b, [inner, columns]), tf.tensor(bias)]
      const gradients = tf.grads(forward)(operands, tf.tensor(upstream, [rows, columns]))
      return [forward(...operands), ...gradients]
    })
    const references = [expected.values, expected.ofImages, expected.ofFilter, expected.ofBias]
    for (const [index, reference] of references.entries())
      expect(compare(found[index] ?? [], reference)).toBeLessThan(tolerance)
  })

  it.each(Object.entries(ACTIVATIONS))(
    'activates with %s, whose slope at 0 is the one to the left of it',
    async (_, functions) => {
      const [operation, value, slope] = functions
      const points = [-20, -3, -0.5, -1e-3, 0, 1e-3, 0.25, 1, 2.5, 20]
      const found = await differentiate(operation, points)
      expect(compare(found.values, points.map(value))).toBeLessThan(tolerance)
      expect(compare(found.slopes, points.map(slope))).toBeLessThan(tolerance)
    },
  )

  it.skipIf(NEEDS_TORCH_FIXTURES).each(LOSS_NAMES)(
    `has PyTorch's loss %s and its gradient${NEEDS_TORCH_FIXTURES}`,
    async (loss) => {
      const { logits, labels, results } = readTorchFixtures().losses
      const expected = results[TORCH_LOSSES[loss]]
      const found = await differentiateLoss(loss, logits, labels)
      expect(compare([found.loss, ...found.gradient], [expected.loss, ...expected.grad.flat()])).toBeLessThan(
        tolerance,
      )
    },
  )

  describe.skipIf(STEPS_MISSING)(`takes PyTorch's first steps${STEPS_MISSING}`, () => {
    it.each(
      FIRST_STEPS.map((run) => ({ fiftieth: 1e-2, ...run, count: name === 'cpu' ? run.onCpu : 50 })).filter(
        ({ count }) => count > 0,
      ),
    )('$count of $key', { timeout }, async ({ key, settings, count, fiftieth }) => {
      const images = (data ?? (await readFashionMnist())).train
      const before = tf.memory().numTensors
      const steps = await takeFirstSteps(settings, images, count)
      expect(tf.memory().numTensors).toBe(before)
      const references = readTorchFixtures()[key].filter(({ step }) => step <= count)
      expect(steps[0]?.labels.slice(0, 8)).toEqual(references[0]?.labels_first8)
      for (const { step, loss, param_sumsq: squareSums } of references) {
        const found = steps[step - 1]
        const most = step <= 10 ? 1e-4 : fiftieth
        expect(Math.abs((found?.loss ?? Number.NaN) - loss), `loss of step ${step}`).toBeLessThan(most)
        if (squareSums === undefined) continue
        const difference = compare(found?.squareSums ?? [], Object.values(squareSums))
        expect(difference, `parameters after step ${step}`).toBeLessThan(most)
      }
    })
  })

  describe.skipIf(MORE_MISSING)(`takes PyTorch's first steps of other networks${MORE_MISSING}`, () => {
    async function expectSteps(run: TorchSteps, change: Partial<NewExperiment>): Promise<void> {
      const images = (data ?? (await readFashionMnist())).train
      const { firstLosses, learningRate, batchSize, seed, loss } = run
      const settings = { learningRate, batchSize, seed, loss, optimizer: optimizerOf(run), ...change }
      const steps = await takeFirstSteps(settings, images, firstLosses.length)
      expect(
        compare(
          steps.map((step) => step.loss),
          firstLosses,
        ),
      ).toBeLessThan(1e-4)
    }

    const tooSlow = name === 'cpu' ? ' (skipped: cpu takes 5 s a step)' : ''
    it.skipIf(tooSlow).each(VARIANTS)(`$run${tooSlow}`, { timeout }, async ({ run, settings }) => {
      const reference = readTorchMore().tinyvggVariants.find((candidate) => candidate.name === run)
      if (reference === undefined) throw new Error(`torch-more.json has no ${run}`)
      await expectSteps(reference, settings)
    })

    it('a hidden layer with dropout', async () => {
      await expectSteps(readTorchMore().dropout.mlp, {
        model: { name: 'mlp', hiddenUnits: [32], dropout: 0.25 },
      })
    })
  })
})
