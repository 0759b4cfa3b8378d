// Instructions of assembly/convolution.ts and of assembly/filter-gradient.ts.
import type { Instruction, Operand } from '../program.ts'
import { type Pitch, wholeVectors } from './image.ts'
import { opcodes } from './opcodes.ts'

/** A convolution's shape as seen by one image whose border is already there. */
export interface Convolution {
  /** Size of the output in pixels. */
  readonly height: number
  readonly width: number
  readonly filterRows: number
  /** Floats of input that one row of the filter sees: its width times the channels. */
  readonly rowTaps: number
  readonly outputChannels: number
  readonly strides: readonly [down: number, across: number]
  readonly input: Pitch
}

export function convolve(
  operands: { input: Operand; weights: Operand; bias: Operand; output: Operand },
  shape: Convolution,
  output: Pitch,
  rectified: boolean,
): Instruction {
  return {
    opcode: opcodes.convolve,
    operands: [operands.input, operands.weights, operands.bias, operands.output],
    parameters: [...convolutionWords(shape), output.rowBytes, output.pixelBytes, rectified ? 1 : 0],
  }
}

export function addFilterGradient(
  operands: { input: Operand; gradient: Operand; filter: Operand; bias: Operand },
  shape: Convolution,
  gradient: Pitch,
): Instruction {
  return {
    opcode: opcodes.addFilterGradient,
    operands: [operands.input, operands.gradient, operands.filter, operands.bias],
    parameters: [
      ...convolutionWords(shape),
      gradient.rowBytes,
      gradient.pixelBytes,
      gradientChannels(shape.outputChannels),
    ],
  }
}

function convolutionWords({
  height,
  width,
  input,
  strides,
  filterRows,
  rowTaps,
  outputChannels,
}: Convolution): number[] {
  const [down, across] = strides
  return [
    ...[height, width, input.rowBytes, down * input.rowBytes, across * input.pixelBytes],
    ...[filterRows, rowTaps, outputChannels],
  ]
}

/** Floats that the gradient of one filter tap takes: blocks of twelve channels, then of four. */
export function gradientChannels(channels: number): number {
  let padded = 0
  while (channels - padded > 8) padded += 12
  return channels > padded ? padded + wholeVectors(channels - padded) : padded
}
