// BatchMatMul and _FusedMatMul for a single pair of matrices: rows of `a` are the pixels of a 1 x 1 convolution.
import { getKernel, util, type TensorInfo } from '@tensorflow/tfjs-core'
import { convolve, type Convolution } from '../instructions/convolution.ts'
import { transposeRows } from '../instructions/elementwise.ts'
import { packedFilterFloats, packFilter } from '../instructions/filters.ts'
import { atAddress, type Phase } from '../program.ts'
import { fastKernel, floatInputs, type KernelCall, type PlainKernel } from './fast-kernel.ts'
import { withBlocks } from './scratch.ts'

interface ProductAttributes {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  readonly activation?: string
}

/** Rows of the result that make one item: a multiple of three, so that the kernel's pixel blocks come out even. */
const ROWS_PER_ITEM = 24
const ROWS_PER_TRANSPOSE = 64

const laterActivations = new Map([
  ['elu', 'Elu'],
  ['relu6', 'Relu6'],
  ['sigmoid', 'Sigmoid'],
])

export function createMatrixProductKernels(): PlainKernel[] {
  return [fastKernel('BatchMatMul', multiply), fastKernel('_FusedMatMul', multiply)]
}

function multiply({ inputs, attributes, backend }: KernelCall<ProductAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'a', 'b')
  const { transposeA = false, transposeB = false, activation = 'linear' } = attributes
  const later = laterActivations.get(activation)
  if (!tensors || (activation !== 'linear' && activation !== 'relu' && !later)) return undefined
  const { a, b } = tensors
  const [rows, inner] = lastTwo(a.shape, transposeA)
  const [innerB, columns] = lastTwo(b.shape, transposeB)
  const isSingle =
    util.sizeFromShape(a.shape) === rows * inner && util.sizeFromShape(b.shape) === innerB * columns
  const { bias } = inputs
  const isPlainBias =
    !bias || (backend.holds(bias, 'float32') && bias.shape.length === 1 && bias.shape[0] === columns)
  if (!isSingle || !isPlainBias || inner !== innerB || rows * inner * columns === 0) return undefined
  const { machine } = backend
  const output = backend.createOutput([...a.shape.slice(0, -2), rows, columns])
  const blocks = [4 * packedFilterFloats(inner, columns), 4 * columns + 48, transposeA ? 4 * rows * inner : 0]
  withBlocks(backend, blocks, ([packed = 0, noBias = 0, turned = 0]) => {
    machine.words(noBias, columns + 12).fill(0)
    const view = {
      ...{ rows: 1, columns: 1, inner, outer: columns, rowStride: 0, columnStride: 0 },
      ...(transposeB ? { innerStride: 1, outerStride: inner } : { innerStride: columns, outerStride: 1 }),
    }
    const packing = packFilter(atAddress(backend.pointerOf(b)), atAddress(packed), view)
    const phases: Phase[] = [{ kind: 'instructions', body: [packing], instructionsPerPiece: 1 }]
    if (transposeA) phases.push(transpose(backend.pointerOf(a), turned, inner, rows))
    const places = {
      ...{ a: transposeA ? turned : backend.pointerOf(a), weights: packed, output: output.pointer },
      bias: bias ? backend.pointerOf(bias) : noBias,
    }
    const whole = Math.floor(rows / ROWS_PER_ITEM)
    const rest = rows % ROWS_PER_ITEM
    const shape = { inner, columns, rectified: activation === 'relu' }
    if (whole) phases.push(productPhase(places, shape, 0, ROWS_PER_ITEM, whole))
    if (rest) phases.push(productPhase(places, shape, whole * ROWS_PER_ITEM, rest, 1))
    machine.run(phases)
  })
  if (!later) return output.info
  const result = getKernel(later, 'cpu').kernelFunc({ inputs: { x: output.info }, backend, attrs: {} })
  backend.disposeIntermediateTensorInfo(output.info)
  return result as TensorInfo
}

function lastTwo(shape: readonly number[], isTransposed: boolean): [number, number] {
  const first = shape.at(-2) ?? 1
  const second = shape.at(-1) ?? 1
  return isTransposed ? [second, first] : [first, second]
}

/** The phase that turns a [rows, columns] matrix. */
function transpose(source: number, target: number, rows: number, columns: number): Phase {
  const instruction = transposeRows(
    atAddress(source, 4 * ROWS_PER_TRANSPOSE * columns),
    atAddress(target, 4 * ROWS_PER_TRANSPOSE),
    { columns, rows, rowsPerItem: ROWS_PER_TRANSPOSE },
  )
  const items = Math.ceil(rows / ROWS_PER_TRANSPOSE)
  return { kind: 'items', items, itemsPerPiece: 1, prologue: [], body: [instruction] }
}

function productPhase(
  places: { a: number; weights: number; bias: number; output: number },
  { inner, columns, rectified }: { inner: number; columns: number; rectified: boolean },
  firstRow: number,
  rows: number,
  items: number,
): Phase {
  const input = { rowBytes: 4 * rows * inner, pixelBytes: 4 * inner }
  const output = { rowBytes: 4 * rows * columns, pixelBytes: 4 * columns }
  const shape: Convolution = {
    ...{ height: 1, width: rows, filterRows: 1, rowTaps: inner, outputChannels: columns },
    ...{ strides: [1, 1], input },
  }
  const instruction = convolve(
    {
      input: atAddress(places.a + firstRow * input.pixelBytes, input.rowBytes),
      weights: atAddress(places.weights),
      bias: atAddress(places.bias),
      output: atAddress(places.output + firstRow * output.pixelBytes, output.rowBytes),
    },
    shape,
    output,
    rectified,
  )
  return { kind: 'items', items, itemsPerPiece: 1, prologue: [], body: [instruction] }
}
