// Instructions of assembly/arranging.ts that pack filters, and the two ways of looking at a filter.
import type { Instruction, Operand } from '../program.ts'
import { wholeVectors } from './image.ts'
import { opcodes } from './opcodes.ts'

/** Floats that packFilter writes for filters of `taps` floats in all. */
export function packedFilterFloats(taps: number, outputChannels: number): number {
  return taps * wholeVectors(outputChannels)
}

/** A filter in any order: its sizes, and how many floats apart neighbours lie (turned ones have negative strides). */
export interface FilterView {
  readonly rows: number
  readonly columns: number
  readonly inner: number
  readonly outer: number
  readonly rowStride: number
  readonly columnStride: number
  readonly innerStride: number
  readonly outerStride: number
}

/** A filter as TensorFlow.js keeps it: [rows, columns, inputs, outputs] without gaps. */
export function plainFilter([rows, columns, inner, outer]: readonly [
  number,
  number,
  number,
  number,
]): FilterView {
  return {
    ...{ rows, columns, inner, outer },
    ...{
      rowStride: columns * inner * outer,
      columnStride: inner * outer,
      innerStride: outer,
      outerStride: 1,
    },
  }
}

/** The filter of the input gradient: upside down, with inputs and outputs exchanged; `first` is where it begins. */
export function turnedFilter(view: FilterView): { first: number; turned: FilterView } {
  const turned = {
    ...{ rows: view.rows, columns: view.columns, inner: view.outer, outer: view.inner },
    ...{ rowStride: -view.rowStride, columnStride: -view.columnStride },
    ...{ innerStride: view.outerStride, outerStride: view.innerStride },
  }
  return { turned, first: (view.rows - 1) * view.rowStride + (view.columns - 1) * view.columnStride }
}

export function packFilter(source: Operand, target: Operand, filter: FilterView): Instruction {
  return { opcode: opcodes.packFilter, operands: [source, target], parameters: filterWords(filter) }
}

export function packFilterByChannel(source: Operand, target: Operand, filter: FilterView): Instruction {
  return { opcode: opcodes.packFilterByChannel, operands: [source, target], parameters: filterWords(filter) }
}

/** The 16 matrices of convolveTiles; the view's filter has 3 x 3 taps. */
export function packTileFilter(source: Operand, target: Operand, filter: FilterView): Instruction {
  return { opcode: opcodes.packTileFilter, operands: [source, target], parameters: filterWords(filter) }
}

function filterWords(filter: FilterView): number[] {
  const { rows, columns, inner, outer, rowStride, columnStride, innerStride, outerStride } = filter
  return [rows, columns, inner, outer, rowStride, columnStride, innerStride, outerStride]
}
