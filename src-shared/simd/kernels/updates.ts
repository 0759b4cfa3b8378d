// One step of Adam for one parameter, for training loops that are composed of ordinary kernels: 'AdamUpdate', with the
// formulas of torch.optim. Nothing is changed in place. A step of SGD gains too little by a kernel of its own.
import { util, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import { asSimdBackend, type SimdBackend } from '../backend.ts'
import { updateAdam } from '../instructions/updates.ts'
import { optimizerSettings, SETTINGS_FLOATS, type OptimizerStep } from '../network/optimizer.ts'
import { atAddress, type Instruction } from '../program.ts'
import type { PlainKernel } from './fast-kernel.ts'
import { withBlocks } from './scratch.ts'

/** Attributes of the kernel 'AdamUpdate'. */
type AdamAttributes = Omit<Extract<OptimizerStep, { name: 'Adam' }>, 'name'>

/** Numbers that make one piece. */
const FLOATS_PER_PIECE = 16384

export function createUpdateKernels(): PlainKernel[] {
  return [
    {
      kernelName: 'AdamUpdate',
      kernelFunc: ({ inputs, backend, attrs }) =>
        updateOne(inputs, asSimdBackend(backend), attrs as unknown as AdamAttributes),
    },
  ]
}

/**
 * Inputs weights, gradient, first and second moment; outputs the new weights and both moments.
 * @throws Error when an input is missing or has another shape than the weights.
 */
function updateOne(
  inputs: NamedTensorInfoMap,
  backend: SimdBackend,
  attributes: AdamAttributes,
): TensorInfo[] {
  const shape = inputs['weights']?.shape ?? []
  const place = (name: string): number => {
    const tensor = inputs[name]
    if (!tensor || !util.arraysEqual(tensor.shape, shape)) {
      throw new Error(`An update's ${name} should have the weights' shape [${shape.join(', ')}].`)
    }
    return backend.pointerOf(tensor)
  }
  const [weights, gradient, first, second] = [
    place('weights'),
    place('gradient'),
    place('first'),
    place('second'),
  ]
  const updated = backend.createOutput(shape)
  const updatedFirst = backend.createOutput(shape)
  const updatedSecond = backend.createOutput(shape)
  const numbers = util.sizeFromShape([...shape])
  const { machine } = backend
  withBlocks(backend, [4 * SETTINGS_FLOATS], ([settings = 0]) => {
    const values = optimizerSettings({ ...attributes, name: 'Adam' })
    new Float32Array(machine.memory.buffer, settings, SETTINGS_FLOATS).set(values)
    const body: Instruction[] = []
    for (let done = 0; done < numbers; done += FLOATS_PER_PIECE) {
      const at = (pointer: number) => atAddress(pointer + 4 * done)
      const operands = {
        ...{ weights: at(weights), gradient: at(gradient), first: at(first), second: at(second) },
        ...{ updated: at(updated.pointer), updatedFirst: at(updatedFirst.pointer) },
        ...{ updatedSecond: at(updatedSecond.pointer), settings: atAddress(settings) },
      }
      body.push(updateAdam(operands, Math.min(FLOATS_PER_PIECE, numbers - done)))
    }
    machine.run([{ kind: 'instructions', body, instructionsPerPiece: 1 }])
  })
  return [updated.info, updatedFirst.info, updatedSecond.info]
}
