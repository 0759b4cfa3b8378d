import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { Random } from '#shared/core/random.ts'
import { takeClassifierStep } from '#shared/core/training/classifier-step.ts'
import { drawDropoutMasks } from '#shared/core/training/dropout-masks.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { takeStep } from '#shared/core/training/step.ts'
import { drawInitialState, giveBack, loadState } from '#shared/core/training/training-state.ts'
import { buildSmallTask, collectEvents, takeEpochs } from './small-task.ts'

const ADAPTATION = { parentRunId: 'abcd1234', parentEpoch: 1, photos: '0'.repeat(16), photoCount: 2 }
const CHANGE = { epochs: 3, optimizer: { name: 'adam' }, learningRate: 0.01, adaptation: ADAPTATION } as const

beforeAll(() => startEngine('wasm'))

describe('an adaptation', () => {
  it('changes the classifier alone; any other training changes everything', async () => {
    const changedBy = async (change: Parameters<typeof buildSmallTask>[0]) => {
      const [first, ...later] = takeEpochs(await collectEvents(buildSmallTask(change)))
      const last = later.at(-1)
      return first?.state.parameters.map(({ values }, i) =>
        values.some((value, at) => value !== last?.state.parameters[i]?.values[at]),
      )
    }
    expect(await changedBy(CHANGE)).toEqual([false, false, true, true])
    expect(await changedBy({ ...CHANGE, adaptation: null })).toEqual([true, true, true, true])
  })

  it('goes on from any of its epochs to the same values', async () => {
    const epochs = takeEpochs(await collectEvents(buildSmallTask(CHANGE)))
    const whole = epochs.map(({ state }) => state)
    for (const state of whole.slice(0, -1)) {
      const rest = takeEpochs(
        await collectEvents(buildSmallTask(CHANGE, { resumeFrom: structuredClone(state) })),
      )
      expect(rest.map((event) => event.state)).toEqual(whole.slice(state.epoch))
    }
  })

  it('learns of each step what the whole network would, but for what it holds', () => {
    const { experiment, network } = buildSmallTask({
      model: { name: 'tiny-vgg', channels: 3, dropout: 0.3 },
      optimizer: { name: 'adam' },
      adaptation: ADAPTATION,
    })
    const optimizer = buildOptimizer(experiment)
    const live = loadState(drawInitialState(network, optimizer, 7), optimizer)
    const random = new Random(3)
    const { height, width, channels } = network.task
    const images = tf.tensor4d(
      Float32Array.from({ length: 4 * height * width * channels }, () => random.uniform(0, 1)),
      [4, height, width, channels],
    )
    const labels = Int32Array.from([0, 1, 2, 1])
    const masks = drawDropoutMasks(network, 4, random)
    const task = { experiment, network, images, labels, masks, live, step: 1 }
    const [whole, own] = [takeStep(task).live, takeClassifierStep(task).live]
    const held = live.parameters.length - 2
    own.parameters.forEach((parameter, index) => {
      if (index < held) expect(parameter).toBe(live.parameters[index])
      else expect(largestGap(parameter, whole.parameters[index])).toBeLessThan(1e-6)
    })
    own.slots
      .slice(held)
      .forEach((slots, index) =>
        slots.forEach((slot, at) =>
          expect(largestGap(slot, whole.slots[held + index]?.[at])).toBeLessThan(1e-6),
        ),
      )
  })
})

function largestGap(one: tf.Tensor, other: tf.Tensor | undefined): number {
  const values = other?.dataSync() ?? []
  return Math.max(...one.dataSync().map((value, at) => Math.abs(value - (values[at] ?? NaN))))
}

describe('the state before a step', () => {
  it('is given back, but for what the state after it goes on with', () => {
    const before = tf.memory().numTensors
    const state = (value: number) => ({
      parameters: [tf.scalar(value), tf.scalar(value + 1)],
      slots: [[tf.scalar(value + 2)], [tf.scalar(value + 3)]],
    })
    const [first, second] = [state(10), state(20)]
    const mixed = {
      parameters: [...first.parameters.slice(0, 1), ...second.parameters.slice(1)],
      slots: [...first.slots.slice(0, 1), ...second.slots.slice(1)],
    }
    tf.dispose([second.parameters[0], second.slots[0]])
    giveBack(first, mixed)
    const valuesOf = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => tensor.dataSync()[0])
    expect(valuesOf(mixed.parameters)).toEqual([10, 21])
    expect(valuesOf(mixed.slots.flat())).toEqual([12, 23])
    expect(tf.memory().numTensors).toBe(before + 4)
    tf.dispose([mixed.parameters, mixed.slots])
  })
})
