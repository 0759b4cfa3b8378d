// One optimizer step for one parameter, for training loops that are composed of ordinary kernels:
// 'SgdUpdate' and 'AdamUpdate', with the formulas of torch.optim. Nothing is changed in place.
import { util, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import { asSimdBackend, type Output, type SimdBackend } from '../backend.ts'
import { updateAdam, updateSgd } from '../instructions/updates.ts'
import {
  optimizerSettings,
  SETTINGS_FLOATS,
  statesPerParameter,
  type OptimizerStep,
} from '../network/optimizer.ts'
import { atAddress, type Instruction } from '../program.ts'
import type { PlainKernel } from './fast-kernel.ts'
import { withBlocks } from './scratch.ts'

type Sgd = Extract<OptimizerStep, { name: 'SGD' }>
type Adam = Extract<OptimizerStep, { name: 'Adam' }>

/** Numbers that make one piece. */
const FLOATS_PER_PIECE = 16384

export function createUpdateKernels(): PlainKernel[] {
  return [
    {
      kernelName: 'SgdUpdate',
      kernelFunc: ({ inputs, backend, attrs }) =>
        sgd(inputs, asSimdBackend(backend), attrs as unknown as Sgd),
    },
    {
      kernelName: 'AdamUpdate',
      kernelFunc: ({ inputs, backend, attrs }) =>
        adam(inputs, asSimdBackend(backend), attrs as unknown as Adam),
    },
  ]
}

/** Inputs weights, gradient and (with momentum) velocity; outputs the new weights and, with momentum, velocity. */
function sgd(inputs: NamedTensorInfoMap, backend: SimdBackend, attributes: Sgd): TensorInfo[] {
  const optimizer: Sgd = { ...attributes, name: 'SGD' }
  const hasVelocity = statesPerParameter(optimizer) === 1
  const names = hasVelocity ? ['weights', 'gradient', 'velocity'] : ['weights', 'gradient']
  const [weights = 0, gradient = 0, velocity = 0] = pointers(inputs, backend, names)
  const shape = inputs['weights']?.shape ?? []
  const updated = backend.createOutput(shape)
  const moved = hasVelocity ? backend.createOutput(shape) : undefined
  run(backend, optimizer, shape, (at, settings, floats) =>
    updateSgd(
      {
        ...{ weights: at(weights), gradient: at(gradient), velocity: at(velocity) },
        ...{
          updated: at(updated.pointer),
          updatedVelocity: at(moved?.pointer ?? 0),
          settings: atAddress(settings),
        },
      },
      floats,
      { hasVelocity, nesterov: optimizer.nesterov },
    ),
  )
  return [updated, moved].filter((output): output is Output => output !== undefined).map(({ info }) => info)
}

/** Inputs weights, gradient, first and second moment; outputs the new weights and both moments. */
function adam(inputs: NamedTensorInfoMap, backend: SimdBackend, attributes: Adam): TensorInfo[] {
  const optimizer: Adam = { ...attributes, name: 'Adam' }
  const names = ['weights', 'gradient', 'first', 'second']
  const [weights = 0, gradient = 0, first = 0, second = 0] = pointers(inputs, backend, names)
  const shape = inputs['weights']?.shape ?? []
  const updated = backend.createOutput(shape)
  const updatedFirst = backend.createOutput(shape)
  const updatedSecond = backend.createOutput(shape)
  run(backend, optimizer, shape, (at, settings, floats) =>
    updateAdam(
      {
        ...{ weights: at(weights), gradient: at(gradient), first: at(first), second: at(second) },
        ...{ updated: at(updated.pointer), updatedFirst: at(updatedFirst.pointer) },
        ...{ updatedSecond: at(updatedSecond.pointer), settings: atAddress(settings) },
      },
      floats,
    ),
  )
  return [updated.info, updatedFirst.info, updatedSecond.info]
}

function pointers(inputs: NamedTensorInfoMap, backend: SimdBackend, names: readonly string[]): number[] {
  const shape = inputs['weights']?.shape ?? []
  return names.map((name) => {
    const tensor = inputs[name]
    if (!tensor || !util.arraysEqual(tensor.shape, shape)) {
      throw new Error(`An update's ${name} should have the weights' shape [${shape.join(', ')}].`)
    }
    return backend.pointerOf(tensor)
  })
}

function run(
  backend: SimdBackend,
  optimizer: Sgd | Adam,
  shape: readonly number[],
  instruction: (
    at: (pointer: number) => ReturnType<typeof atAddress>,
    settings: number,
    floats: number,
  ) => Instruction,
): void {
  const numbers = util.sizeFromShape([...shape])
  const { machine } = backend
  withBlocks(backend, [4 * SETTINGS_FLOATS], ([settings = 0]) => {
    new Float32Array(machine.memory.buffer, settings, SETTINGS_FLOATS).set(optimizerSettings(optimizer))
    const body: Instruction[] = []
    for (let first = 0; first < numbers; first += FLOATS_PER_PIECE) {
      const floats = Math.min(FLOATS_PER_PIECE, numbers - first)
      body.push(instruction((pointer) => atAddress(pointer + 4 * first), settings, floats))
    }
    machine.run([{ kind: 'instructions', body, instructionsPerPiece: 1 }])
  })
}
