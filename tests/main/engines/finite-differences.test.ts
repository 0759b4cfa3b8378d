// Gradients against the slopes that finite differences see, for every engine of the processor: first each operation with a
// gradient of its own, then whole steps of networks. Most operations are linear in each operand, so that a wide step is
// exact; where there are corners, values are chosen so that no step goes over one.
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { buildBatch, selectAll } from '#shared/core/training/batches.ts'
import { drawDropoutMasks } from '#shared/core/training/dropout-masks.ts'
import { chooseLoss } from '#shared/core/training/losses.ts'
import { drawNoise } from '#shared/core/training/noise.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { takeStep } from '#shared/core/training/step.ts'
import { drawInitialState, loadState, type TrainingState } from '#shared/core/training/training-state.ts'
import { LOSS_NAMES, parseExperiment, type Experiment } from '#shared/experiment.ts'
import type { EngineName } from '#shared/engine.ts'
import { findEngines } from './engines-here.ts'
import { drawNumbers } from './plain-arithmetic.ts'

const ON_PROCESSOR: readonly EngineName[] = ['simd', 'native', 'wasm', 'cpu']
const RUNS: Readonly<Partial<Record<EngineName, number>>> = { cpu: 10 }
const NETWORKS: Readonly<Partial<Record<EngineName, number>>> = { cpu: 3, wasm: 10 }
const TOLERANCE = 2e-4
/** Rounding of a loss in float32, over the width of the step; and corners that some image or other is moved over. */
const SMOOTH_TOLERANCE = 3e-3
const CORNER_TOLERANCE = 3e-2

interface Operand {
  readonly shape: number[]
  readonly values: Float32Array
}

const operand = (shape: number[], seed: number): Operand => ({
  shape,
  values: drawNumbers(
    shape.reduce((product, side) => product * side, 1),
    seed,
  ),
})

/** sum(weights * operation(operands)), added up in double precision. */
function weigh(operation: (...x: tf.Tensor[]) => tf.Tensor, operands: readonly Operand[]): number {
  const values = tf.tidy(() => operation(...operands.map(toTensor)).dataSync<'float32'>())
  const weights = drawNumbers(values.length, 99)
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0)
}

const toTensor = ({ shape, values }: Operand): tf.Tensor => tf.tensor(values.slice(), shape)

/** The largest difference between slope and gradient in a random direction of each operand, as a share of the larger. */
function compareSlopes(
  operation: (...x: tf.Tensor[]) => tf.Tensor,
  operands: readonly Operand[],
  width: number,
): number {
  const gradients = tf.tidy(() => {
    const output = operation(...operands.map(toTensor))
    const weights = tf.tensor(drawNumbers(output.size, 99), output.shape)
    return tf
      .grads(operation)(operands.map(toTensor), weights)
      .map((gradient) => gradient.dataSync<'float32'>())
  })
  const differences = operands.map(({ values }, place) => {
    const direction = drawNumbers(values.length, 7 + place)
    const at = (distance: number): number => {
      const moved = values.map((value, index) => value + distance * (direction[index] ?? 0))
      return weigh(
        operation,
        operands.map((other, index) => (index === place ? { ...other, values: moved } : other)),
      )
    }
    const slope = (at(width) - at(-width)) / (2 * width)
    const gradient = gradients[place] ?? new Float32Array()
    const along = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0)
    const scale = gradient.reduce((sum, value) => sum + value * value, 0) ** 0.5
    return Math.abs(slope - along) / Math.max(scale, 1e-3)
  })
  return Math.max(...differences)
}

const side = (low: number, high: number): fc.Arbitrary<number> => fc.integer({ min: low, max: high })

/** As networks ask for them: 'same' with stride 1 alone. (wasm's own convolution is wrong for 'same' where the stride exceeds the filter.) */
const anyConvolution = fc.record({
  shape: fc.tuple(side(1, 3), side(5, 9), side(5, 9), side(1, 5)),
  kernel: side(1, 4),
  filters: side(1, 18),
  stride: side(1, 3),
  pad: fc.constantFrom('same' as const, 'valid' as const),
  seed: side(1, 1e6),
})

const anyPooling = fc.record({
  shape: fc.tuple(side(1, 3), side(4, 9), side(4, 9), side(1, 9)),
  size: side(1, 3),
  seed: side(1, 1e6),
})

const anyNetwork = fc.record({
  activation: fc.constantFrom('tanh' as const, 'sigmoid' as const, 'relu' as const, 'leaky-relu' as const),
  pooling: fc.constantFrom('max' as const, 'average' as const),
  channels: fc.constantFrom(2, 5, 10, 16, 20),
  kernelSize: fc.constantFrom(3, 5),
  stride: fc.constantFrom(1, 1, 2),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  dropout: fc.constantFrom(0, 0.4),
  loss: fc.constantFrom('cross-entropy' as const, 'nll-on-logits' as const),
  seed: side(0, 1e6),
})

/** Loss before a step of rate 1, and the gradient, which is what the step took away. */
async function differentiateNetwork(experiment: Experiment, state: TrainingState, seed: number) {
  const task = { height: 12, width: 12, channels: 1, classes: 5 }
  const network = buildNetwork(experiment.model, task)
  const { images, labels } = buildBatch(selectAll(drawNoise(task, 4)), task, null, 0, 4)
  const masks = drawDropoutMasks(network, 4, new Random(seed))
  const live = loadState(state, buildOptimizer(experiment))
  const taken = takeStep({ experiment, network, images, labels, masks, live, step: 1 })
  const [loss] = await taken.read()
  const after = await Promise.all(taken.live.parameters.map((parameter) => parameter.data()))
  tf.dispose([images, masks, live.parameters, live.slots, taken.live.parameters, taken.live.slots])
  const gradient = state.parameters.map(({ values }, index) =>
    values.map((value, place) => value - (after[index]?.[place] ?? Number.NaN)),
  )
  return { loss, gradient }
}

const engines = (await findEngines()).filter(({ name }) => ON_PROCESSOR.includes(name))

describe.each(engines)('the gradients of $title', ({ name, absent }) => {
  if (absent !== null) {
    it.skip('is not on this machine')
    return
  }
  beforeAll(() => startEngine(name))
  const numRuns = RUNS[name] ?? 40

  it('of convolutions with a bias are their slopes', () => {
    fc.assert(
      fc.property(anyConvolution, ({ shape, kernel, filters, seed, ...given }) => {
        const { pad } = given
        const stride = pad === 'same' ? 1 : given.stride
        const operation = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
          tf.fused.conv2d({
            ...{ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides: stride, pad },
          })
        const operands = [
          operand([...shape], seed),
          operand([kernel, kernel, shape[3], filters], seed + 1),
          operand([filters], seed + 2),
        ]
        expect(compareSlopes(operation as (...x: tf.Tensor[]) => tf.Tensor, operands, 0.5)).toBeLessThan(
          TOLERANCE,
        )
      }),
      { numRuns, seed: 11 },
    )
  }, 60_000)

  it('of pooling, by average and by maximum, are their slopes', () => {
    fc.assert(
      fc.property(anyPooling, ({ shape, size, seed }) => {
        const { values } = operand([...shape], seed)
        const average = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, size, size, 'valid')
        const spread = { shape: [...shape], values }
        expect(compareSlopes(average, [spread], 0.5)).toBeLessThan(TOLERANCE)
        const ranks = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
        const apart = new Float32Array(values.length)
        ranks.forEach((place, rank) => (apart[place] = rank / 16)) // a step of 1 / 64 changes no order
        const maximum = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, size, 'valid')
        expect(compareSlopes(maximum, [{ ...spread, values: apart }], 1 / 64)).toBeLessThan(4e-3)
      }),
      { numRuns, seed: 12 },
    )
  }, 60_000)

  it('of dense layers with a bias are their slopes', () => {
    const sizes = fc.record({
      rows: side(1, 9),
      inner: side(1, 40),
      columns: side(1, 27),
      seed: side(1, 1e6),
    })
    fc.assert(
      fc.property(sizes, ({ rows, inner, columns, seed }) => {
        const operation = (...[a, b, bias]: tf.Tensor[]) =>
          tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias: bias as tf.Tensor1D })
        const operands = [
          operand([rows, inner], seed),
          operand([inner, columns], seed + 1),
          operand([columns], seed + 2),
        ]
        expect(compareSlopes(operation, operands, 0.5)).toBeLessThan(TOLERANCE)
      }),
      { numRuns, seed: 13 },
    )
  }, 60_000)

  it.each(LOSS_NAMES)(
    'of the loss %s are its slopes',
    (loss) => {
      const sizes = fc.record({ rows: side(1, 9), classes: side(2, 12), seed: side(1, 1e6) })
      fc.assert(
        fc.property(sizes, ({ rows, classes, seed }) => {
          const labels = Int32Array.from({ length: rows }, (_, row) => (row * 5 + seed) % classes)
          const operation = (logits: tf.Tensor) =>
            chooseLoss(loss)(
              logits as tf.Tensor2D,
              tf.oneHot(tf.tensor1d(labels, 'int32'), classes) as tf.Tensor2D,
            )
          const { shape, values } = operand([rows, classes], seed)
          // Multiples of 0.3 lie 0.1 away from the corner of a margin of 1.
          const logits = { shape, values: values.map((value) => 0.3 * Math.round(value * 10)) }
          expect(compareSlopes(operation, [logits], 0.02)).toBeLessThan(2e-3)
        }),
        { numRuns, seed: 14 },
      )
    },
    60_000,
  )

  it('of a mask of dropout are its slopes', () => {
    const network = buildNetwork(
      { name: 'mlp', hiddenUnits: [12], activation: 'relu', dropout: 0.4, activateLogits: false },
      { height: 3, width: 3, channels: 1, classes: 4 },
    )
    tf.tidy(() => {
      const [mask] = drawDropoutMasks(network, 5, new Random(3))
      if (mask === undefined) throw new Error('the network has no dropout')
      const kept = { shape: mask.shape, values: mask.dataSync<'float32'>().slice() }
      const operation = (x: tf.Tensor) => tf.mul(x, toTensor(kept))
      expect(compareSlopes(operation, [operand(mask.shape, 4)], 0.5)).toBeLessThan(TOLERANCE)
    })
  })

  it('of whole networks, as a step takes them, are the slopes of the loss', async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, async ({ loss, seed, ...settings }) => {
        const padding = settings.stride > 1 ? 'same' : settings.padding // a valid one leaves nothing to pool
        const model = { name: 'tiny-vgg', blocks: 1, ...settings, padding }
        const experiment = parseExperiment({
          ...{ dataset: 'noise', validationImages: 0, batchSize: 4, learningRate: 1, loss, model, seed },
        })
        const network = buildNetwork(experiment.model, { height: 12, width: 12, channels: 1, classes: 5 })
        const state = drawInitialState(network, buildOptimizer(experiment), seed)
        const { gradient } = await differentiateNetwork(experiment, state, seed)
        const length =
          gradient.reduce((sum, one) => sum + one.reduce((all, value) => all + value * value, 0), 0) ** 0.5
        // Along the gradient itself: there the slope is largest, and rounding and corners weigh least.
        const at = async (distance: number): Promise<number> => {
          const parameters = state.parameters.map((parameter, index) => ({
            ...parameter,
            values: parameter.values.map(
              (value, place) => value + (distance * (gradient[index]?.[place] ?? 0)) / length,
            ),
          }))
          return (await differentiateNetwork(experiment, { ...state, parameters }, seed)).loss
        }
        const isSmooth = settings.pooling === 'average' && ['tanh', 'sigmoid'].includes(settings.activation)
        const width = isSmooth ? 2e-3 : 4e-4
        const slope = ((await at(width)) - (await at(-width))) / (2 * width)
        const tolerance = isSmooth ? SMOOTH_TOLERANCE : CORNER_TOLERANCE
        expect(Math.abs(slope - length) / length).toBeLessThan(tolerance)
      }),
      { numRuns: NETWORKS[name] ?? 25, seed: 15 },
    )
  }, 120_000)
})
