// Instructions of assembly/elementwise.ts.
import type { Instruction, Operand } from '../program.ts'
import { opcodes } from './opcodes.ts'

/** What the second operand of combineRows is. */
export type Broadcast = 'equal' | 'row' | 'number'

const combinations = ['add', 'subtract', 'multiply', 'divide'] as const
const broadcasts = ['equal', 'row', 'number'] as const

export type Combination = (typeof combinations)[number]

export function combineRows(
  kind: Combination,
  operands: { a: Operand; b: Operand; result: Operand },
  shape: { rowFloats: number; rows: number; rowsPerItem: number; b: Broadcast },
): Instruction {
  const { rowFloats, rows, rowsPerItem, b } = shape
  return {
    opcode: opcodes.combineRows,
    operands: [operands.a, operands.b, operands.result],
    parameters: [combinations.indexOf(kind), rowFloats, rows, rowsPerItem, broadcasts.indexOf(b)],
  }
}

export function mapElements(
  kind: 'rectify' | 'step',
  source: Operand,
  result: Operand,
  floats: number,
  floatsPerItem: number,
): Instruction {
  return {
    opcode: opcodes.mapElements,
    operands: [source, result],
    parameters: [kind === 'step' ? 1 : 0, floats, floatsPerItem],
  }
}

/** Rows of a matrix, in items of `rowsPerItem`. */
export interface RowShape {
  readonly columns: number
  readonly rows: number
  readonly rowsPerItem: number
}

export function addRows(
  source: Operand,
  sum: Operand,
  { columns, rows, rowsPerItem }: RowShape,
): Instruction {
  return { opcode: opcodes.addRows, operands: [source, sum], parameters: [columns, rows, rowsPerItem] }
}

export function transposeRows(source: Operand, target: Operand, shape: RowShape): Instruction {
  return {
    opcode: opcodes.transposeRows,
    operands: [source, target],
    parameters: [shape.columns, shape.rows, shape.rowsPerItem],
  }
}
