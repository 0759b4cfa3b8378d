// Instructions of assembly/pooling.ts.
import type { Instruction, Operand } from '../program.ts'
import { positionBytes } from './entries.ts'
import type { Pitch } from './image.ts'
import { opcodes } from './opcodes.ts'

/** Pooling of one image. */
export interface Pooling {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly input: Pitch
  readonly inputHeight: number
  readonly inputWidth: number
  readonly strides: readonly [down: number, across: number]
  readonly window: readonly [height: number, width: number]
  readonly padding: readonly [top: number, left: number]
}

/** What the position of a winner counts: so much per row and per pixel of the pooled image. */
export interface PositionUnits {
  readonly row: number
  readonly pixel: number
}

export function maxPool(
  operands: { input: Operand; output: Operand; positions?: Operand },
  shape: Pooling,
  output: Pitch,
  units: PositionUnits = { row: 0, pixel: 0 },
): Instruction {
  const { input, positions } = operands
  return {
    opcode: opcodes.maxPool,
    operands: positions ? [input, operands.output, positions] : [input, operands.output],
    parameters: [
      ...poolingWords(shape, output),
      units.row,
      units.pixel,
      positions ? positionBytes(shape.channels) : 0,
    ],
  }
}

export function averagePool(
  operands: { input: Operand; output: Operand },
  shape: Pooling,
  output: Pitch,
): Instruction {
  return {
    opcode: opcodes.averagePool,
    operands: [operands.input, operands.output],
    parameters: poolingWords(shape, output),
  }
}

function poolingWords(shape: Pooling, output: Pitch): number[] {
  return [
    ...[shape.height, shape.width, shape.channels, shape.input.rowBytes, shape.input.pixelBytes],
    ...[...shape.strides, ...shape.window, ...shape.padding, shape.inputHeight, shape.inputWidth],
    ...[output.rowBytes, output.pixelBytes],
  ]
}

export function addMaxPoolGradient(
  operands: { gradient: Operand; positions: Operand; inputGradient: Operand },
  shape: { height: number; width: number; channels: number; gradient: Pitch; inputPixelBytes: number },
): Instruction {
  const { height, width, channels, gradient, inputPixelBytes } = shape
  return {
    opcode: opcodes.addMaxPoolGradient,
    operands: [operands.gradient, operands.positions, operands.inputGradient],
    parameters: [
      ...[width, height, channels, gradient.rowBytes, gradient.pixelBytes],
      ...[positionBytes(channels), inputPixelBytes],
    ],
  }
}

export function addAveragePoolGradient(
  operands: { gradient: Operand; inputGradient: Operand },
  shape: Pooling,
  gradient: Pitch,
): Instruction {
  const { height, width, channels, input, strides, window } = shape
  return {
    opcode: opcodes.addAveragePoolGradient,
    operands: [operands.gradient, operands.inputGradient],
    parameters: [
      ...[height, width, channels, gradient.rowBytes, gradient.pixelBytes],
      ...[input.rowBytes, input.pixelBytes, ...strides, ...window],
    ],
  }
}
