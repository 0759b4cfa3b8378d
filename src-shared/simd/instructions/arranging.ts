// Instructions of assembly/arranging.ts that move images.
import type { Instruction, Operand } from '../program.ts'
import type { Pitch, ImageSize } from './image.ts'
import { opcodes } from './opcodes.ts'

export function clear(target: Operand, bytes: number): Instruction {
  return { opcode: opcodes.clear, operands: [target], parameters: [bytes] }
}

export function copyImage(
  source: Operand,
  target: Operand,
  { height, width, channels }: ImageSize,
  from: Pitch,
  to: Pitch,
): Instruction {
  return {
    opcode: opcodes.copyImage,
    operands: [source, target],
    parameters: [height, width, channels, from.rowBytes, from.pixelBytes, to.rowBytes, to.pixelBytes],
  }
}

export function maskGradient(
  operands: { gradient: Operand; output: Operand; result: Operand },
  { height, width, channels }: ImageSize,
  pitches: { gradient: Pitch; output: Pitch; result: Pitch },
): Instruction {
  const { gradient, output, result } = pitches
  return {
    opcode: opcodes.maskGradient,
    operands: [operands.gradient, operands.output, operands.result],
    parameters: [
      ...[height, width, channels, gradient.rowBytes, gradient.pixelBytes],
      ...[output.rowBytes, output.pixelBytes, result.rowBytes, result.pixelBytes],
    ],
  }
}
