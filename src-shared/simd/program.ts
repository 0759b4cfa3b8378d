// What a thread is told to do, and how it is written down in the shared memory for assembly/program.ts to read.

/** Where an operand lies: an address, or a place in a thread's scratch, a piece's slice, or the tensor of a slot. */
export interface Operand {
  readonly base: number
  /** Bytes from the base. */
  readonly offset: number
  /** Bytes by which the operand moves from one item to the next. */
  readonly stride: number
}

const ADDRESS_BASE = 0
const ARENA_BASE = 1
const SLICE_BASE = 2
const FIRST_SLOT = 3
const BY_ROW = 0x10000

/** A place that does not depend on thread or piece. */
export function atAddress(pointer: number, stride = 0): Operand {
  return { base: ADDRESS_BASE, offset: pointer, stride }
}

/** A place in the scratch memory of the thread that does the work: its contents live no longer than one item. */
export function inArena(offset: number): Operand {
  return { base: ARENA_BASE, offset, stride: 0 }
}

/** A place in the piece's own memory, for sums over its items. */
export function inSlice(offset: number): Operand {
  return { base: SLICE_BASE, offset, stride: 0 }
}

/** A place in a tensor whose address is given only when the program runs. */
export function inSlot(slot: number, offset = 0, stride = 0): Operand {
  return { base: FIRST_SLOT + slot, offset, stride }
}

/** The same operand, moving by the number that the program's row list gives for the item. */
export function byRow(operand: Operand): Operand {
  return { ...operand, base: operand.base | BY_ROW }
}

/** The operand `bytes` further on. */
export function shifted(operand: Operand, bytes: number): Operand {
  return { ...operand, offset: operand.offset + bytes }
}

export interface Instruction {
  readonly opcode: number
  readonly operands: readonly Operand[]
  /** 32-bit words; a float is passed by its bits, see floatBits. */
  readonly parameters: readonly number[]
}

/** Work that may be done in any order and by any number of threads. */
export type Phase =
  | {
      readonly kind: 'items'
      readonly items: number
      /** Items that make one piece; this and not the number of threads decides what is added to what. */
      readonly itemsPerPiece: number
      /** Done once at the beginning of each piece. */
      readonly prologue: readonly Instruction[]
      /** Done for each item. */
      readonly body: readonly Instruction[]
    }
  | {
      readonly kind: 'instructions'
      readonly body: readonly Instruction[]
      /** So many consecutive instructions are one piece. */
      readonly instructionsPerPiece: number
    }

/** The memory that a phase works with, besides its operands' own. */
export interface Surroundings {
  readonly bases: number
  readonly arenas: number
  readonly arenaBytes: number
  readonly slices: number
  readonly sliceBytes: number
  readonly rows: number
}

const INSTRUCTION_WORDS = 64
const OPERANDS_AT = 2
const PARAMETERS_AT = 32
const MAXIMUM_OPERANDS = 9
const PHASE_WORDS = 16

/** Bytes that `phase` takes when written down. */
export function phaseBytes(phase: Phase): number {
  const prologue = phase.kind === 'items' ? phase.prologue.length : 0
  return 4 * (PHASE_WORDS + INSTRUCTION_WORDS * (prologue + phase.body.length))
}

/** Pieces that a phase consists of, whatever the number of threads. */
export function pieceCount(phase: Phase): number {
  return phase.kind === 'items'
    ? Math.ceil(phase.items / phase.itemsPerPiece)
    : Math.ceil(phase.body.length / phase.instructionsPerPiece)
}

/** Writes a phase at byte address `pointer` of the memory that `words` shows from its beginning. */
export function writePhase(words: Int32Array, pointer: number, phase: Phase, around: Surroundings): void {
  const instructions = pointer + 4 * PHASE_WORDS
  const prologue = phase.kind === 'items' ? phase.prologue : []
  const header = [
    instructions,
    prologue.length,
    phase.body.length,
    phase.kind === 'items' ? 1 : 0,
    phase.kind === 'items' ? phase.items : 0,
    phase.kind === 'items' ? phase.itemsPerPiece : phase.instructionsPerPiece,
    pieceCount(phase),
    around.bases,
    around.slices,
    around.sliceBytes,
    around.rows,
    around.arenas,
    around.arenaBytes,
  ]
  words.set(header, pointer >> 2)
  let at = instructions >> 2
  for (const instruction of [...prologue, ...phase.body]) {
    writeInstruction(words, at, instruction)
    at += INSTRUCTION_WORDS
  }
}

function writeInstruction(words: Int32Array, at: number, instruction: Instruction): void {
  if (
    instruction.operands.length > MAXIMUM_OPERANDS ||
    instruction.parameters.length > INSTRUCTION_WORDS - PARAMETERS_AT
  ) {
    throw new RangeError(
      `Instruction ${instruction.opcode} of the simd engine has too many operands or parameters.`,
    )
  }
  words.fill(0, at, at + INSTRUCTION_WORDS)
  words[at] = instruction.opcode
  let word = at + OPERANDS_AT
  for (const operand of instruction.operands) {
    words[word] = operand.base
    words[word + 1] = operand.offset
    words[word + 2] = operand.stride
    word += 3
  }
  words.set(instruction.parameters, at + PARAMETERS_AT)
}

const floats = new Float32Array(1)
const bits = new Int32Array(floats.buffer)

/** A number rounded to single precision, as the integer with the same bits. */
export function floatBits(value: number): number {
  floats[0] = value
  return bits[0] ?? 0
}
