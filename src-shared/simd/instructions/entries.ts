// Instructions over lists of pooled gradients: assembly/gradient-entries.ts and the two gradients that read them.
import type { Instruction, Operand } from '../program.ts'
import { activationNumber, type Activation } from './activations.ts'
import { type Pitch, wholeVectors } from './image.ts'
import { opcodes } from './opcodes.ts'

/** The lists of listPooledGradient as the two gradients read them. */
export interface EntryShape {
  readonly channels: number
  /** Entries that a channel has room for; an entry takes ENTRY_BYTES. */
  readonly capacity: number
  /** Of the image that entries point into. */
  readonly pitch: Pitch
  readonly filterRows: number
  /** Vectors of four floats of a row of the filter. */
  readonly rowVectors: number
}

export const ENTRY_BYTES = 8

export function addFilterGradientOfEntries(
  operands: { input: Operand; entries: Operand; counts: Operand; filter: Operand; bias: Operand },
  shape: EntryShape,
): Instruction {
  return {
    opcode: opcodes.addFilterGradientOfEntries,
    operands: [operands.input, operands.entries, operands.counts, operands.filter, operands.bias],
    parameters: entryWords(shape),
  }
}

export function addInputGradientOfEntries(
  operands: { entries: Operand; counts: Operand; filter: Operand; inputGradient: Operand },
  shape: EntryShape,
): Instruction {
  return {
    opcode: opcodes.addInputGradientOfEntries,
    operands: [operands.entries, operands.counts, operands.filter, operands.inputGradient],
    parameters: entryWords(shape),
  }
}

function entryWords({ channels, capacity, pitch, filterRows, rowVectors }: EntryShape): number[] {
  return [channels, capacity, pitch.pixelBytes, pitch.rowBytes, filterRows, rowVectors]
}

export function listPooledGradient(
  operands: { gradient: Operand; pooled: Operand; positions: Operand; entries: Operand; counts: Operand },
  shape: {
    readonly height: number
    readonly width: number
    readonly channels: number
    readonly gradient: Pitch
    readonly pooled: Pitch
    readonly capacity: number
    readonly activation: Activation
  },
): Instruction {
  const { height, width, channels, gradient, pooled, capacity, activation } = shape
  return {
    opcode: opcodes.listPooledGradient,
    operands: [operands.gradient, operands.pooled, operands.positions, operands.entries, operands.counts],
    parameters: [
      ...[
        height,
        width,
        channels,
        gradient.rowBytes,
        gradient.pixelBytes,
        pooled.rowBytes,
        pooled.pixelBytes,
      ],
      ...[positionBytes(channels), capacity, activationNumber(activation)],
    ],
  }
}

/** Bytes that the positions of one pooled pixel take. */
export function positionBytes(channels: number): number {
  return 4 * wholeVectors(channels)
}
