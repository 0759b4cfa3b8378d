// A tensor's numbers in the shared memory, in the shape in which TensorFlow.js's cpu kernels expect them: they read
// `values`, and get a view of the shared memory; our own kernels take `pointer`.
import type { backend_util, DataType, TensorInfo } from '@tensorflow/tfjs-core'
import type { Allocator } from './allocator.ts'
import type { SharedMemory } from './web-assembly.ts'

/** The types whose numbers lie in the shared memory; strings and complex pairs stay in JavaScript. */
export type NumericType = 'float32' | 'int32' | 'bool'

export class SharedData {
  refCount: number
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo }
  readonly dtype: NumericType
  readonly length: number
  readonly pointer: number
  readonly #memory: SharedMemory
  #view: Float32Array | Int32Array | Uint8Array | undefined

  /** Room for `length` numbers, with whatever the block held before. */
  constructor(memory: SharedMemory, allocator: Allocator, dtype: NumericType, length: number) {
    this.#memory = memory
    this.dtype = dtype
    this.length = length
    this.pointer = allocator.allocate(length * bytesPerNumber(dtype))
    this.refCount = 1
  }

  /** A view, not a copy: it must not be kept longer than the tensor lives. */
  get values(): Float32Array | Int32Array | Uint8Array {
    this.#view ??= viewOf(this.#memory, this.dtype, this.pointer, this.length)
    return this.#view
  }
}

/** What the backend keeps for a string or complex tensor, as the cpu backend does. */
export interface UnsharedData {
  values?: backend_util.BackendValues
  dtype: DataType
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo }
  refCount: number
}

export function isNumericType(dtype: DataType): dtype is NumericType {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool'
}

function bytesPerNumber(dtype: NumericType): number {
  return dtype === 'bool' ? 1 : 4
}

function viewOf(memory: SharedMemory, dtype: NumericType, pointer: number, length: number) {
  if (dtype === 'float32') return new Float32Array(memory.buffer, pointer, length)
  if (dtype === 'int32') return new Int32Array(memory.buffer, pointer, length)
  return new Uint8Array(memory.buffer, pointer, length)
}
