// Instructions of assembly/activations.ts.
import type { Instruction, Operand } from '../program.ts'
import type { ImageSize, Pitch } from './image.ts'
import { opcodes } from './opcodes.ts'

/** In the order of their numbers in assembly/activations.ts. */
export const ACTIVATIONS = ['linear', 'relu', 'leakyRelu', 'tanh', 'sigmoid'] as const
export type Activation = (typeof ACTIVATIONS)[number]

export function activationNumber(activation: Activation): number {
  return ACTIVATIONS.indexOf(activation)
}

export function activate(
  image: Operand,
  { height, width, channels }: ImageSize,
  { rowBytes, pixelBytes }: Pitch,
  activation: Activation,
): Instruction {
  return {
    opcode: opcodes.activate,
    operands: [image],
    parameters: [height, width, channels, rowBytes, pixelBytes, activationNumber(activation)],
  }
}

export function differentiateActivation(
  operands: { gradient: Operand; output: Operand; result: Operand },
  { height, width, channels }: ImageSize,
  pitches: { gradient: Pitch; output: Pitch; result: Pitch },
  activation: Activation,
): Instruction {
  const { gradient, output, result } = pitches
  return {
    opcode: opcodes.differentiateActivation,
    operands: [operands.gradient, operands.output, operands.result],
    parameters: [
      ...[height, width, channels, gradient.rowBytes, gradient.pixelBytes],
      ...[output.rowBytes, output.pixelBytes, result.rowBytes, result.pixelBytes],
      activationNumber(activation),
    ],
  }
}
