// The TensorFlow.js backend: tensors live in the shared memory, hot kernels run on the machine's threads, and every
// other kernel is the cpu backend's own, working on views of the same memory.
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import { util, type backend_util, type DataType, type TensorInfo } from '@tensorflow/tfjs-core'
import type { Machine } from './machine.ts'
import { isNumericType, SharedData, type NumericType, type UnsharedData } from './shared-data.ts'

type DataId = TensorInfo['dataId']
type Values = backend_util.BackendValues

/** A new tensor whose numbers a kernel is about to write, and where they lie. */
export interface Output {
  readonly info: TensorInfo
  readonly pointer: number
}

export class SimdBackend extends MathBackendCPU {
  readonly machine: Machine

  constructor(machine: Machine) {
    super()
    this.machine = machine
  }

  override write(values: Values | undefined, _shape: number[], dtype: DataType): DataId {
    const dataId = {}
    this.#store(dataId, values, dtype, 1)
    return dataId
  }

  override move(dataId: DataId, values: Values, _shape: number[], dtype: DataType, refCount: number): void {
    this.#store(dataId, values, dtype, refCount)
  }

  #store(dataId: DataId, values: Values | undefined, dtype: DataType, refCount: number): void {
    if (!values || !isNumericType(dtype)) {
      const data: UnsharedData = { dtype, refCount }
      if (values) data.values = values
      this.data.set(dataId, data)
      return
    }
    const data = this.#allocate(dtype, values.length)
    data.values.set(values as ArrayLike<number>)
    data.refCount = refCount
    this.data.set(dataId, data)
  }

  #allocate(dtype: NumericType, length: number): SharedData {
    return new SharedData(this.machine.memory, this.machine.allocator, dtype, length)
  }

  /** A tensor of this shape with arbitrary contents, for a kernel to fill. */
  createOutput(shape: number[], dtype: NumericType = 'float32'): Output {
    const dataId = {}
    const data = this.#allocate(dtype, util.sizeFromShape(shape))
    this.data.set(dataId, data)
    return { info: { dataId, shape, dtype }, pointer: data.pointer }
  }

  /**
   * Whether a tensor's numbers are kept in this type. The cpu backend's kernels may relabel integers as float32 without
   * converting them: those are for other kernels of that backend only.
   */
  holds(tensor: TensorInfo, dtype: NumericType): boolean {
    const data = this.data.get(tensor.dataId)
    return tensor.dtype === dtype && data instanceof SharedData && data.dtype === dtype
  }

  /**
   * Where a tensor's numbers lie. A tensor of another backend is brought over first.
   * @throws Error when the tensor's type or number of values is not what a kernel may rely on.
   */
  pointerOf(tensor: TensorInfo, dtype: NumericType = 'float32'): number {
    const data = this.data.get(tensor.dataId)
    const size = util.sizeFromShape(tensor.shape)
    if (!(data instanceof SharedData) || data.dtype !== dtype || data.length !== size) {
      throw new Error(
        `A kernel of the simd engine expected ${size} numbers of type ${dtype} for shape [${tensor.shape.join(', ')}], ` +
          `but the tensor holds ${data instanceof SharedData ? data.length : 'none'} of type ${data.dtype}.`,
      )
    }
    return data.pointer
  }

  /** Always a copy: the shared memory is reused as soon as the tensor is disposed. */
  override readSync(dataId: DataId): Values {
    const data = this.data.get(dataId)
    return data instanceof SharedData ? data.values.slice() : super.readSync(dataId)
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true
    const data = this.data.get(dataId)
    const isLast = force || data.refCount <= 1
    const gone = super.disposeData(dataId, force)
    if (isLast && data instanceof SharedData) this.machine.allocator.free(data.pointer)
    return gone
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: false, reasons: [] }
  }

  /** Ends the threads; the shared memory goes when nothing refers to it any more. */
  override dispose(): void {
    this.machine.close()
  }
}

/**
 * The backend that a kernel is called with, as what it must be.
 * @throws TypeError when a kernel of this engine is run with another backend.
 */
export function asSimdBackend(backend: object): SimdBackend {
  if (!(backend instanceof SimdBackend))
    throw new TypeError('A kernel of the simd engine needs the simd backend.')
  return backend
}
