// A phase is a list of instructions and a number of pieces. Either every piece is a run of items (images, rows) for
// which all instructions are carried out, or every piece is its own few instructions. What a piece computes never
// depends on the thread that takes it. The layout of both records is written by src-shared/simd/program.ts.
import { convolve } from './convolution'
import { addFilterGradient } from './filter-gradient'
import { addFilterGradientOfEntries } from './filter-gradient-of-entries'
import { addInputGradientOfEntries } from './input-gradient'
import { listPooledGradient } from './gradient-entries'
import { maxPool, averagePool, addMaxPoolGradient, addAveragePoolGradient } from './pooling'
import { activate, differentiateActivation } from './activations'
import { clear, copyImage, packFilter, packFilterByChannel } from './arranging'
import { softmax, crossEntropy, multiMargin, negativeLogLikelihood } from './losses'
import { sumSlices, arrangeGradient, updateSgd, updateAdam } from './updates'
import { combineRows, mapElements, addRows, transposeRows } from './elementwise'
import { convolveTiles, packTileFilter } from './winograd'

const INSTRUCTION_BYTES: usize = 256
const PARAMETERS_AT: usize = 128

// Words of a phase.
const INSTRUCTIONS: usize = 0
const PROLOGUE: usize = 4
const BODY: usize = 8
const BY_ITEM: usize = 12
const ITEMS: usize = 16
const SHARE: usize = 20
const PIECES: usize = 24
const BASES: usize = 28
const SLICES: usize = 32
const SLICE_BYTES: usize = 36
const ROWS: usize = 40
const ARENAS: usize = 44
const ARENA_BYTES: usize = 48

// Bases with a meaning of their own; all others are looked up in the phase's table.
const ARENA_BASE: u32 = 1
const SLICE_BASE: u32 = 2
/** Added to a base: the operand moves by rows[item] instead of by the item. */
const BY_ROW: u32 = 0x10000

/** How many pieces a phase has. */
export function pieceCount(phase: usize): i32 {
  return load<i32>(phase, PIECES)
}

/**
 * Carries out one piece of a phase on a thread, whose number only chooses the scratch memory. The word at `heartbeat`
 * counts the items, since a piece of many images may take minutes.
 */
export function runPiece(phase: usize, piece: i32, thread: i32, heartbeat: usize): void {
  const instructions = load<usize>(phase, INSTRUCTIONS)
  const prologue = load<i32>(phase, PROLOGUE)
  const body = load<i32>(phase, BODY)
  const share = load<i32>(phase, SHARE)
  const arena = load<usize>(phase, ARENAS) + <usize>thread * load<usize>(phase, ARENA_BYTES)
  const slice = load<usize>(phase, SLICES) + <usize>piece * load<usize>(phase, SLICE_BYTES)
  if (!load<i32>(phase, BY_ITEM)) {
    const end = min((piece + 1) * share, body)
    for (let index = piece * share; index < end; index++) {
      runInstruction(instructions + <usize>index * INSTRUCTION_BYTES, phase, arena, slice, 0)
    }
    return
  }
  for (let index = 0; index < prologue; index++) {
    runInstruction(instructions + <usize>index * INSTRUCTION_BYTES, phase, arena, slice, 0)
  }
  const first = instructions + <usize>prologue * INSTRUCTION_BYTES
  const end = min((piece + 1) * share, load<i32>(phase, ITEMS))
  for (let item = piece * share; item < end; item++) {
    for (let index = 0; index < body; index++) {
      runInstruction(first + <usize>index * INSTRUCTION_BYTES, phase, arena, slice, item)
    }
    atomic.add<i32>(heartbeat, 1)
  }
}

function address(
  instruction: usize,
  operand: usize,
  phase: usize,
  arena: usize,
  slice: usize,
  item: i32,
): usize {
  const record = instruction + 8 + operand * 12
  const base = load<u32>(record)
  const kind = base & (BY_ROW - 1)
  let origin: usize
  if (kind == ARENA_BASE) origin = arena
  else if (kind == SLICE_BASE) origin = slice
  else origin = load<usize>(load<usize>(phase, BASES) + ((<usize>kind) << 2))
  const index = base & BY_ROW ? load<i32>(load<usize>(phase, ROWS) + ((<usize>item) << 2)) : item
  return origin + load<usize>(record, 4) + <usize>index * load<usize>(record, 8)
}

function runInstruction(at: usize, phase: usize, arena: usize, slice: usize, item: i32): void {
  const p = at + PARAMETERS_AT
  const a = address(at, 0, phase, arena, slice, item)
  const b = address(at, 1, phase, arena, slice, item)
  const c = address(at, 2, phase, arena, slice, item)
  const d = address(at, 3, phase, arena, slice, item)
  const e = address(at, 4, phase, arena, slice, item)
  const f = address(at, 5, phase, arena, slice, item)
  // prettier-ignore
  switch (load<i32>(at)) {
    case 0: convolve(a, b, c, d, p); break
    case 1: addFilterGradient(a, b, c, d, p); break
    case 2: addFilterGradientOfEntries(a, b, c, d, e, p); break
    case 3: addInputGradientOfEntries(a, b, c, d, p); break
    case 4: listPooledGradient(a, b, c, d, e, p); break
    case 5: maxPool(a, b, c, p); break
    case 6: averagePool(a, b, p); break
    case 7: addMaxPoolGradient(a, b, c, p); break
    case 8: addAveragePoolGradient(a, b, p); break
    case 9: clear(a, p); break
    case 10: copyImage(a, b, p); break
    case 11: differentiateActivation(a, b, c, p); break
    case 12: packFilter(a, b, p); break
    case 13: packFilterByChannel(a, b, p); break
    case 14: softmax(a, b, p); break
    case 15: crossEntropy(a, b, c, d, p); break
    case 16: multiMargin(a, b, c, d, p); break
    case 17: negativeLogLikelihood(a, b, c, d, p); break
    case 18: sumSlices(a, b, p); break
    case 19: arrangeGradient(a, b, p); break
    case 20: updateSgd(a, b, c, d, e, f, p); break
    case 21: {
      const g = address(at, 6, phase, arena, slice, item)
      const h = address(at, 7, phase, arena, slice, item)
      updateAdam(a, b, c, d, e, f, g, h, p)
      break
    }
    case 22: combineRows(a, b, c, p, item); break
    case 23: mapElements(a, b, p, item); break
    case 24: addRows(a, b, p, item); break
    case 25: transposeRows(a, b, p, item); break
    case 26: convolveTiles(a, b, c, d, e, p); break
    case 27: packTileFilter(a, b, p); break
    case 28: activate(a, p); break
    default: unreachable()
  }
}
