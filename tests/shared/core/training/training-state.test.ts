import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { listParameters } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { drawInitialState, isFinite, loadState, saveState } from '#shared/core/training/training-state.ts'
import { buildSmallTask } from './small-task.ts'

beforeAll(() => startEngine('wasm'))

const { experiment, network } = buildSmallTask({ optimizer: { name: 'adam' } })
const optimizer = buildOptimizer(experiment)
const initial = drawInitialState(network, optimizer, 42)

describe('the state before the first epoch', () => {
  it('has a slot of zeros for each parameter and each of the optimizer’s names', () => {
    const names = listParameters(network).flatMap(({ name }) => [`${name}.mean`, `${name}.square`])
    expect(initial.slots.map(({ name }) => name)).toEqual(names)
    expect(initial.slots.every(({ values }) => values.every((value) => value === 0))).toBe(true)
  })

  it('has the generator seeded again after the weights are drawn, as the notebook does', () => {
    expect([initial.epoch, initial.step, initial.random]).toEqual([0, 0, new Random(42).saveState()])
  })
})

describe('a state', () => {
  it('comes back from the engine as it was put there, and is a copy', async () => {
    const random = new Random(1)
    random.restoreState(initial.random)
    const slots = initial.slots.map((slot, index) => ({
      ...slot,
      values: slot.values.map((_, i) => index + i / 7),
    }))
    const state = { ...initial, slots }
    const live = loadState(state, optimizer)
    const saved = await saveState(live, initial, { epoch: 0, step: 0 }, random)
    tf.dispose([live.parameters, live.slots])
    expect(saved).toEqual(state)
    random.nextUint32()
    expect(saved.random).toEqual(initial.random)
  })

  it.each(['parameters', 'slots'] as const)('is not finite with one value of its %s that is not', (part) => {
    const spoil = (value: number) => ({
      ...initial,
      [part]: initial[part].map((tensor, index) =>
        index === 3 ? { ...tensor, values: tensor.values.map((old, i) => (i === 1 ? value : old)) } : tensor,
      ),
    })
    expect([1, Number.NaN, -Infinity].map((value) => isFinite(spoil(value)))).toEqual([true, false, false])
  })
})
