// Instructions of assembly/updates.ts.
import type { Instruction, Operand } from '../program.ts'
import { wholeVectors } from './image.ts'
import { opcodes } from './opcodes.ts'

export function sumSlices(
  slices: Operand,
  sum: Operand,
  floats: number,
  count: number,
  sliceBytes: number,
): Instruction {
  return {
    opcode: opcodes.sumSlices,
    operands: [slices, sum],
    parameters: [wholeVectors(floats), count, sliceBytes],
  }
}

/** Where the gradient of filter[row][tap][channel] lies: strides in floats. */
export interface GradientOrder {
  readonly rows: number
  readonly taps: number
  readonly channels: number
  readonly rowStride: number
  readonly tapStride: number
  readonly channelStride: number
}

export function arrangeGradient(source: Operand, target: Operand, order: GradientOrder): Instruction {
  const { rows, taps, channels, rowStride, tapStride, channelStride } = order
  return {
    opcode: opcodes.arrangeGradient,
    operands: [source, target],
    parameters: [rows, taps, channels, rowStride, tapStride, channelStride],
  }
}

export function updateSgd(
  operands: {
    gradient: Operand
    weights: Operand
    updated: Operand
    velocity: Operand
    updatedVelocity: Operand
    settings: Operand
  },
  floats: number,
  hasVelocity: boolean,
): Instruction {
  const { gradient, weights, updated, velocity, updatedVelocity, settings } = operands
  return {
    opcode: opcodes.updateSgd,
    operands: [gradient, weights, updated, velocity, updatedVelocity, settings],
    parameters: [floats, hasVelocity ? 1 : 0],
  }
}

export function updateAdam(
  operands: {
    gradient: Operand
    weights: Operand
    updated: Operand
    first: Operand
    updatedFirst: Operand
    second: Operand
    updatedSecond: Operand
    settings: Operand
  },
  floats: number,
): Instruction {
  const { gradient, weights, updated, first, updatedFirst, second, updatedSecond, settings } = operands
  return {
    opcode: opcodes.updateAdam,
    operands: [gradient, weights, updated, first, updatedFirst, second, updatedSecond, settings],
    parameters: [floats],
  }
}
