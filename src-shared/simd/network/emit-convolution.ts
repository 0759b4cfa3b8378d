// Writes down a convolution of one image: packing of its filter once a step, and the convolution itself for each image, in
// tiles where the sizes allow it and directly elsewhere.
import { convolve, type Convolution } from '../instructions/convolution.ts'
import { packedFilterFloats, packFilter, packTileFilter, type FilterView } from '../instructions/filters.ts'
import type { Pitch } from '../instructions/image.ts'
import { convolveTiles, isForTiles, tileFilterFloats, tileScratchFloats } from '../instructions/tiles.ts'
import type { Instruction, Operand } from '../program.ts'
import type { SizedLayer } from './description.ts'
import type { Layout } from './layout.ts'

export interface ConvolutionMemory {
  readonly packed: Layout
  /** Shared by all convolutions in tiles: see takeTileScratch. */
  readonly tileScratch: Operand
}

export interface ConvolutionPlaces {
  /** The filter's first value, and how the others lie around it. */
  readonly filter: Operand
  readonly view: FilterView
  readonly input: Operand
  readonly bias: Operand
  readonly output: Operand
}

export function emitConvolution(
  { packing, body }: { packing: Instruction[]; body: Instruction[] },
  { packed, tileScratch }: ConvolutionMemory,
  { filter, view, ...places }: ConvolutionPlaces,
  shape: Convolution,
  output: Pitch,
  rectified: boolean,
): void {
  const { rows, columns, inner, outer } = view
  const tiles = { ...shape, filter: [rows, columns], inputChannels: inner, outputChannels: outer } as const
  if (isForTiles(tiles)) {
    const weights = packed.take(tileFilterFloats(inner, outer))
    packing.push(packTileFilter(filter, weights, view))
    body.push(convolveTiles({ ...places, weights, scratch: tileScratch }, shape, output, rectified))
    return
  }
  const weights = packed.take(packedFilterFloats(rows * columns * inner, outer))
  packing.push(packFilter(filter, weights, view))
  body.push(convolve({ ...places, weights }, shape, output, rectified))
}

/** Scratch for the widest convolution that may be done in tiles, forward or back. */
export function takeTileScratch(arena: Layout, layers: readonly SizedLayer[]): Operand {
  const floats = layers
    .filter(({ layer }) => layer.kind === 'convolution')
    .map(({ input, output }) => tileScratchFloats(input.channels, output.channels))
  return arena.take(Math.max(0, ...floats))
}
