import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { countHeld } from '#shared/core/training/held-parameters.ts'
import { holdFirst } from '#shared/core/training/training-state.ts'
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

  it('holds the convolutions of a TinyVGG, weight and bias of each, and nothing where there is no adaptation', () => {
    const { experiment, network } = buildSmallTask({ model: { name: 'tiny-vgg' }, adaptation: ADAPTATION })
    expect(countHeld(experiment, network)).toBe(8)
    expect(countHeld({ adaptation: null }, network)).toBe(0)
  })
})

describe('held parameters', () => {
  it('stay with their slots, and what neither state needs is given back', () => {
    const before = tf.memory().numTensors
    const state = (value: number) => ({
      parameters: [tf.scalar(value), tf.scalar(value + 1)],
      slots: [[tf.scalar(value + 2)], [tf.scalar(value + 3)]],
    })
    const held = holdFirst(state(10), state(20), 1)
    const valuesOf = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => tensor.dataSync()[0])
    expect(valuesOf(held.parameters)).toEqual([10, 21])
    expect(valuesOf(held.slots.flat())).toEqual([12, 23])
    expect(tf.memory().numTensors).toBe(before + 4)
    tf.dispose([held.parameters, held.slots])
  })
})
