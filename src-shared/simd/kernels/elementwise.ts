// Number by number: sums, differences, products, the rectifier and its slope; and sums over leading dimensions.
import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import { clear } from '../instructions/arranging.ts'
import {
  addRows,
  combineRows,
  mapElements,
  type Broadcast,
  type Combination,
} from '../instructions/elementwise.ts'
import { wholeVectors } from '../instructions/image.ts'
import { arrangeGradient, sumSlices } from '../instructions/updates.ts'
import { atAddress, inSlice } from '../program.ts'
import { fastKernel, floatInputs, type KernelCall, type PlainKernel } from './fast-kernel.ts'
import { withBlocks } from './scratch.ts'

/** Numbers that make one piece. */
const FLOATS_PER_PIECE = 16384
/** A sum's rows are cut into so many pieces at most. */
const MAXIMUM_PIECES = 16

export function createElementwiseKernels(): PlainKernel[] {
  return [
    fastKernel('Add', (call) => combine(call, 'add')),
    fastKernel('Sub', (call) => combine(call, 'subtract')),
    fastKernel('Multiply', (call) => combine(call, 'multiply')),
    fastKernel('RealDiv', (call) => combine(call, 'divide')),
    fastKernel('Relu', (call) => map(call, 'rectify')),
    fastKernel<{ alpha?: number }>('Step', (call) => (call.attributes.alpha ? undefined : map(call, 'step'))),
    fastKernel<SumAttributes>('Sum', sum),
    fastKernel<{ dtype: string }>('Cast', toFloats),
  ]
}

function combine({ inputs, backend }: KernelCall<unknown>, kind: Combination): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'a', 'b')
  if (!tensors) return undefined
  const { a, b } = tensors
  const broadcast = broadcastOf(a.shape, b.shape)
  const numbers = util.sizeFromShape(a.shape)
  if (!broadcast || numbers === 0) return undefined
  const output = backend.createOutput(a.shape)
  const rowFloats =
    broadcast === 'row' ? util.sizeFromShape(b.shape) : numbers < FLOATS_PER_PIECE ? numbers : 64
  const isEven = numbers % rowFloats === 0
  const row = isEven ? rowFloats : numbers
  const rows = numbers / row
  const rowsPerItem = Math.max(1, Math.floor(FLOATS_PER_PIECE / row))
  const stride = 4 * row * rowsPerItem
  const places = {
    a: atAddress(backend.pointerOf(a), stride),
    b: atAddress(backend.pointerOf(b), broadcast === 'equal' ? stride : 0),
    result: atAddress(output.pointer, stride),
  }
  const body = [combineRows(kind, places, { rowFloats: row, rows, rowsPerItem, b: broadcast })]
  backend.machine.run([
    { kind: 'items', items: Math.ceil(rows / rowsPerItem), itemsPerPiece: 1, prologue: [], body },
  ])
  return output.info
}

/** How b is spread over a, where that is one of the three ways that the kernel knows. */
function broadcastOf(a: readonly number[], b: readonly number[]): Broadcast | undefined {
  if (a.length < b.length) return undefined
  const tail = a.slice(a.length - b.length)
  if (tail.every((size, index) => size === b[index])) {
    if (a.length === b.length) return 'equal'
    return b.length === 0 ? 'number' : 'row'
  }
  return b.every((size) => size === 1) ? 'number' : undefined
}

function map({ inputs, backend }: KernelCall<unknown>, kind: 'rectify' | 'step'): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x')
  const numbers = tensors ? util.sizeFromShape(tensors.x.shape) : 0
  if (!tensors || numbers === 0) return undefined
  const output = backend.createOutput(tensors.x.shape)
  const stride = 4 * FLOATS_PER_PIECE
  const source = atAddress(backend.pointerOf(tensors.x), stride)
  const body = [mapElements(kind, source, atAddress(output.pointer, stride), numbers, FLOATS_PER_PIECE)]
  const items = Math.ceil(numbers / FLOATS_PER_PIECE)
  backend.machine.run([{ kind: 'items', items, itemsPerPiece: 1, prologue: [], body }])
  return output.info
}

/** The cpu backend only relabels integers that become floats; our kernels need them converted. */
function toFloats({ inputs, attributes, backend }: KernelCall<{ dtype: string }>): TensorInfo | undefined {
  const { x } = inputs
  if (!x || attributes.dtype !== 'float32' || (x.dtype !== 'int32' && x.dtype !== 'bool')) return undefined
  const output = backend.createOutput(x.shape)
  const numbers = backend.readSync(x.dataId) as ArrayLike<number>
  new Float32Array(backend.machine.memory.buffer, output.pointer, numbers.length).set(numbers)
  return output.info
}

interface SumAttributes {
  readonly axis: number | number[]
  readonly keepDims: boolean
}

/** Sums over the leading dimensions: a bias's gradient. */
function sum({ inputs, attributes, backend }: KernelCall<SumAttributes>): TensorInfo | undefined {
  const tensors = floatInputs({ inputs, backend }, 'x')
  if (!tensors) return undefined
  const { shape } = tensors.x
  const axes = util.parseAxisParam(attributes.axis, shape).sort((first, second) => first - second)
  const isLeading = axes.length < shape.length && axes.every((axis, index) => axis === index)
  const columns = util.sizeFromShape(shape.slice(axes.length))
  const rows = util.sizeFromShape(shape.slice(0, axes.length))
  if (!isLeading || rows * columns === 0) return undefined
  const kept = attributes.keepDims ? axes.map(() => 1) : []
  const output = backend.createOutput([...kept, ...shape.slice(axes.length)])
  const rowsPerItem = Math.ceil(rows / MAXIMUM_PIECES)
  const items = Math.ceil(rows / rowsPerItem)
  const sliceBytes = 4 * wholeVectors(columns) + 64
  withBlocks(backend, [sliceBytes * items, sliceBytes], ([slices = 0, total = 0]) => {
    const source = atAddress(backend.pointerOf(tensors.x), 4 * rowsPerItem * columns)
    const add = addRows(source, inSlice(0), { columns, rows, rowsPerItem })
    const order = { rows: 1, taps: 1, channels: columns, rowStride: 0, tapStride: 0, channelStride: 1 }
    const finish = [
      sumSlices(atAddress(slices), atAddress(total), columns, items, sliceBytes),
      arrangeGradient(atAddress(total), atAddress(output.pointer), order),
    ]
    const prologue = [clear(inSlice(0), sliceBytes)]
    backend.machine.run(
      [
        { kind: 'items', items, itemsPerPiece: 1, prologue, body: [add] },
        { kind: 'instructions', body: finish, instructionsPerPiece: 2 },
      ],
      { slices, sliceBytes },
    )
  })
  return output.info
}
