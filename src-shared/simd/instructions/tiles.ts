// Instructions of assembly/winograd.ts, and for which convolutions they are right.
import type { Instruction, Operand } from '../program.ts'
import type { Convolution } from './convolution.ts'
import type { Pitch } from './image.ts'
import { opcodes } from './opcodes.ts'

/** Tiles that go through together, and products of a tile, as in assembly/winograd.ts. */
const TILES = 24
const PLACES = 16
/** With fewer channels the transformations cost more than they save. */
const FEWEST_CHANNELS = 16
const SIDE = 3
const HEAD_FLOATS = 32

/** What decides whether a convolution is done in tiles; `inputChannels` are those of its image. */
export interface TileShape {
  readonly height: number
  readonly width: number
  readonly filter: readonly [rows: number, columns: number]
  readonly strides: readonly [down: number, across: number]
  readonly inputChannels: number
  readonly outputChannels: number
}

export function isForTiles({
  height,
  width,
  filter,
  strides,
  inputChannels,
  outputChannels,
}: TileShape): boolean {
  const isSquare = filter.every((side) => side === SIDE) && strides.every((stride) => stride === 1)
  const isEven = height % 2 === 0 && width % 2 === 0
  const areMany = [inputChannels, outputChannels].every(
    (channels) => channels >= FEWEST_CHANNELS && channels % 4 === 0,
  )
  return isSquare && isEven && areMany
}

/** Floats of scratch that such a convolution needs, or the one back, whose outputs are as many as its inputs. */
export function tileScratchFloats(inputChannels: number, outputChannels: number): number {
  const outers = Math.max(inputChannels, outputChannels)
  return HEAD_FLOATS + outers + PLACES * TILES * (inputChannels + outputChannels)
}

/** Floats that packTileFilter writes. */
export function tileFilterFloats(inputChannels: number, outputChannels: number): number {
  return PLACES * inputChannels * outputChannels
}

export function convolveTiles(
  operands: { input: Operand; weights: Operand; bias: Operand; output: Operand; scratch: Operand },
  { height, width, input, rowTaps, outputChannels }: Convolution,
  output: Pitch,
  rectified: boolean,
): Instruction {
  return {
    opcode: opcodes.convolveTiles,
    operands: [operands.input, operands.weights, operands.bias, operands.output, operands.scratch],
    parameters: [
      ...[height, width, input.rowBytes, input.pixelBytes, rowTaps / SIDE, outputChannels],
      ...[output.rowBytes, output.pixelBytes, rectified ? 1 : 0],
    ],
  }
}
