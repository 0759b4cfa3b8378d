// Row by row: softmax, and picking rows by a list of their numbers.
import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { SimdBackend } from '../backend.ts'
import { copyImage } from '../instructions/arranging.ts'
import { densePitch } from '../instructions/image.ts'
import { softmax } from '../instructions/losses.ts'
import { atAddress, byRow, type Instruction } from '../program.ts'
import { fastKernel, floatInputs, type KernelCall, type PlainKernel } from './fast-kernel.ts'

const ROWS_PER_PIECE = 64

export function createRowKernels(): PlainKernel[] {
  return [fastKernel<{ dim: number }>('Softmax', normalize), fastKernel<GatherAttributes>('GatherV2', gather)]
}

function normalize({ inputs, attributes, backend }: KernelCall<{ dim: number }>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'logits')
  if (!tensors) return undefined
  const { shape } = tensors.logits
  const classes = shape.at(-1) ?? 0
  const numbers = util.sizeFromShape(shape)
  const isLast = attributes.dim === -1 || attributes.dim === shape.length - 1
  if (!isLast || numbers === 0) return undefined
  const output = backend.createOutput(shape)
  const source = atAddress(backend.pointerOf(tensors.logits), 4 * classes)
  runOverRows(backend, numbers / classes, softmax(source, atAddress(output.pointer, 4 * classes), classes))
  return output.info
}

interface GatherAttributes {
  readonly axis: number
  readonly batchDims: number
}

/** Whole rows of the first dimension; a row outside is left to the cpu kernel, which says what is wrong. */
function gather({ inputs, attributes, backend }: KernelCall<GatherAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x')
  const { indices } = inputs
  if (!tensors || !indices || !backend.holds(indices, 'int32') || indices.shape.length !== 1) return undefined
  const { shape } = tensors.x
  const [rows = 0, ...rest] = shape
  const count = indices.shape[0] ?? 0
  const floats = util.sizeFromShape(rest)
  if (attributes.axis !== 0 || attributes.batchDims !== 0 || count * floats === 0) return undefined
  const list = backend.pointerOf(indices, 'int32')
  if (backend.machine.words(list, count).some((row) => row < 0 || row >= rows)) return undefined
  const output = backend.createOutput([count, ...rest])
  const size = { height: 1, width: floats, channels: 1 }
  const pitch = densePitch(floats, 1)
  const source = byRow(atAddress(backend.pointerOf(tensors.x), 4 * floats))
  const copy = copyImage(source, atAddress(output.pointer, 4 * floats), size, pitch, pitch)
  runOverRows(backend, count, copy, list)
  return output.info
}

function runOverRows({ machine }: SimdBackend, items: number, instruction: Instruction, rows = 0): void {
  const body = [instruction]
  machine.run([{ kind: 'items', items, itemsPerPiece: ROWS_PER_PIECE, prologue: [], body }], { rows })
}
