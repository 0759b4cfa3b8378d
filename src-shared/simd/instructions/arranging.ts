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
