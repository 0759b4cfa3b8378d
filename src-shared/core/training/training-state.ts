// Everything that decides how a training goes on, as plain data: saved after every epoch, and enough to continue
// to the same bits.
import * as tf from '@tensorflow/tfjs'
import { drawInitialParameters, type ParameterValues } from '../models/initial-parameters.ts'
import type { Network } from '../models/network.ts'
import { Random, type RandomState } from '../random.ts'
import type { Optimizer } from './optimizers.ts'

export interface TrainingState {
  /** Epochs that are finished. */
  readonly epoch: number
  /** Optimizer steps that were taken. */
  readonly step: number
  readonly random: RandomState
  /** In the order of `listParameters`. */
  readonly parameters: readonly ParameterValues[]
  /** For each parameter in turn its slots in the optimizer's order, named `<parameter>.<slot>`. */
  readonly slots: readonly ParameterValues[]
}

/** The same on the engine. */
export interface LiveState {
  readonly parameters: tf.Tensor[]
  /** slots[parameter][slot] */
  readonly slots: tf.Tensor[][]
}

/** The state before the first epoch: initial weights drawn from the seed, and the generator seeded again after. */
export function drawInitialState(network: Network, optimizer: Optimizer, seed: number): TrainingState {
  const random = new Random(seed)
  const parameters = drawInitialParameters(network, random)
  random.seed(seed)
  const slots = parameters.flatMap(({ name, shape, values }) =>
    optimizer.slotNames.map((slot) => ({
      name: `${name}.${slot}`,
      shape,
      values: new Float32Array(values.length),
    })),
  )
  return { epoch: 0, step: 0, random: random.saveState(), parameters, slots }
}

/** Puts a state's tensors on the engine; they belong to the caller. */
export function loadState(state: TrainingState, optimizer: Optimizer): LiveState {
  const slotCount = optimizer.slotNames.length
  return {
    parameters: state.parameters.map(toTensor),
    slots: state.parameters.map((_, index) =>
      state.slots.slice(index * slotCount, (index + 1) * slotCount).map(toTensor),
    ),
  }
}

/** Disposes of the state before a step, but for what the state after it goes on with. */
export function giveBack(before: LiveState, after: LiveState): void {
  const kept = new Set([...after.parameters, ...after.slots.flat()])
  tf.dispose([...before.parameters, ...before.slots.flat()].filter((tensor) => !kept.has(tensor)))
}

/** Reads a state back from the engine. */
export async function saveState(
  live: LiveState,
  names: Pick<TrainingState, 'parameters' | 'slots'>,
  position: Pick<TrainingState, 'epoch' | 'step'>,
  random: Random,
): Promise<TrainingState> {
  return {
    ...position,
    random: random.saveState(),
    parameters: await readBack(live.parameters, names.parameters),
    slots: await readBack(live.slots.flat(), names.slots),
  }
}

/** Whether every weight and slot is a finite number. */
export function isFinite(state: TrainingState): boolean {
  return [...state.parameters, ...state.slots].every(({ values }) => values.every(Number.isFinite))
}

function toTensor({ values, shape }: ParameterValues): tf.Tensor {
  return tf.tensor(values.slice(), [...shape])
}

function readBack(
  tensors: readonly tf.Tensor[],
  names: readonly ParameterValues[],
): Promise<ParameterValues[]> {
  return Promise.all(
    names.map(async ({ name, shape }, index) => {
      const values = await tensors[index]?.data()
      return { name, shape, values: Float32Array.from(values ?? []) }
    }),
  )
}
