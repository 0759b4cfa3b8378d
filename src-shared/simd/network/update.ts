// The last phase of a step: for each parameter the slices are added in their order, brought into TensorFlow.js's order,
// and used for one step of the optimizer. A large filter is cut into chunks, each of them one piece.
import {
  arrangeGradient,
  sumSlices,
  updateAdam,
  updateSgd,
  type GradientOrder,
} from '../instructions/updates.ts'
import { shifted, inSlot, type Instruction, type Operand, type Phase } from '../program.ts'
import type { ParameterGradient } from './backward-convolution.ts'
import { inFixedSlot, parameterSlot, Layout, type ParameterSlot } from './layout.ts'
import { statesPerParameter, type OptimizerStep } from './optimizer.ts'

/** Taps of a filter that make one piece. */
const CHUNK_TAPS = 128

interface Chunk {
  /** Place of the gradient in slice 0. */
  readonly source: Operand
  /** Floats of the gradient with padding, and without. */
  readonly floats: number
  readonly numbers: number
  readonly order: GradientOrder
  readonly parameter: number
  /** Numbers of the parameter that lie before the chunk's. */
  readonly first: number
}

/** @returns the phase and the floats of scratch that it needs. */
export function buildUpdate(
  gradients: readonly ParameterGradient[],
  optimizer: OptimizerStep,
  slices: number,
  sliceBytes: number,
): { phase: Phase; scratchFloats: number } {
  const scratch = new Layout((offset) => inFixedSlot('scratch', offset))
  const body: Instruction[] = []
  for (const chunk of gradients.flatMap(chunksOf)) {
    const sum = scratch.take(chunk.floats)
    const place = (name: ParameterSlot): Operand =>
      inSlot(parameterSlot(chunk.parameter, name), 4 * chunk.first)
    const updated = place('updated')
    const arranged = optimizer.name === 'none' ? updated : scratch.take(chunk.numbers)
    body.push(sumSlices(chunk.source, sum, chunk.floats, slices, sliceBytes))
    body.push(arrangeGradient(sum, arranged, chunk.order))
    if (optimizer.name !== 'none') body.push(updateInstruction(optimizer, arranged, chunk.numbers, place))
  }
  const instructionsPerPiece = optimizer.name === 'none' ? 2 : 3
  return { phase: { kind: 'instructions', body, instructionsPerPiece }, scratchFloats: scratch.bytes / 4 }
}

function updateInstruction(
  optimizer: Exclude<OptimizerStep, { name: 'none' }>,
  gradient: Operand,
  numbers: number,
  place: (name: ParameterSlot) => Operand,
): Instruction {
  const settings = inFixedSlot('settings')
  const shared = { gradient, weights: place('weights'), updated: place('updated'), settings }
  if (optimizer.name === 'SGD') {
    return updateSgd(
      { ...shared, velocity: place('first'), updatedVelocity: place('updatedFirst') },
      numbers,
      statesPerParameter(optimizer) === 1,
    )
  }
  const moments = {
    ...{ first: place('first'), updatedFirst: place('updatedFirst') },
    ...{ second: place('second'), updatedSecond: place('updatedSecond') },
  }
  return updateAdam({ ...shared, ...moments }, numbers)
}

function chunksOf(gradient: ParameterGradient): Chunk[] {
  const { channels } = gradient.order
  const bias: Chunk = {
    ...{ source: inSlices(gradient.bias), floats: channels, numbers: channels },
    ...{ parameter: gradient.sized.parameter + 1, first: 0 },
    order: { rows: 1, taps: 1, channels, rowStride: 0, tapStride: 0, channelStride: 1 },
  }
  return [...filterChunks(gradient), bias]
}

function filterChunks({ sized, filter, order, floats }: ParameterGradient): Chunk[] {
  const { parameter } = sized
  const source = inSlices(filter)
  const numbers = order.rows * order.taps * order.channels
  if (order.rows > 1 || order.channelStride !== 1)
    return [{ source, floats, numbers, order, parameter, first: 0 }]
  const chunks: Chunk[] = []
  for (let tap = 0; tap < order.taps; tap += CHUNK_TAPS) {
    const taps = Math.min(CHUNK_TAPS, order.taps - tap)
    chunks.push({
      source: shifted(source, 4 * tap * order.tapStride),
      floats: taps * order.tapStride,
      numbers: taps * order.channels,
      order: { ...order, taps },
      parameter,
      first: tap * order.channels,
    })
  }
  return chunks
}

/** A place in a slice, seen from outside: in slice 0. */
function inSlices(operand: Operand): Operand {
  return inFixedSlot('slices', operand.offset)
}
