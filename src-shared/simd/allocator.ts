// Blocks of the shared memory. A freed block waits in the list of its size class for the next one of that class, so
// that a training loop, which asks for the same sizes in every step, stops growing after its first.
import { MAXIMUM_PAGES, PAGE_BYTES, type SharedMemory } from './web-assembly.ts'

/** Kernels may read or write whole vectors behind the last number: so far behind a block's end at most. */
const GUARD_BYTES = 64
const SMALLEST_BYTES = 64
/** Each doubling of size is cut into eight classes: at most an eighth of a block is wasted. */
const CLASSES_PER_DOUBLING = 8

export class Allocator {
  readonly #memory: SharedMemory
  readonly #free = new Map<number, number[]>()
  readonly #sizes = new Map<number, number>()
  #end: number
  #usedBytes = 0

  /** @param start the first address that may be given out; what lies before it is never touched. */
  constructor(memory: SharedMemory, start: number) {
    this.#memory = memory
    this.#end = start
  }

  /** Bytes in blocks that are in use, rounded up to their classes. */
  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Bytes of the shared memory that have ever been given out. */
  get reservedBytes(): number {
    return this.#end
  }

  /**
   * The address of a block of at least `bytes`, 64-byte aligned, with old contents.
   * @throws RangeError when the 2 GiB are exhausted.
   */
  allocate(bytes: number): number {
    const size = classBytes(bytes + GUARD_BYTES)
    const pointer = this.#free.get(size)?.pop() ?? this.#extend(size)
    this.#sizes.set(pointer, size)
    this.#usedBytes += size
    return pointer
  }

  /**
   * Gives a block back.
   * @throws Error when the address is not that of a block in use, for example when it was freed already.
   */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer)
    if (size === undefined) throw new Error(`The simd engine holds no block at address ${pointer} to free.`)
    this.#sizes.delete(pointer)
    this.#usedBytes -= size
    const list = this.#free.get(size)
    if (list) list.push(pointer)
    else this.#free.set(size, [pointer])
  }

  #extend(size: number): number {
    const pointer = this.#end
    const missing = pointer + size - this.#memory.buffer.byteLength
    if (pointer + size > MAXIMUM_PAGES * PAGE_BYTES) {
      throw new RangeError(
        `The simd engine's 2 GiB of memory are full: ${size} more bytes were asked for. Dispose tensors or use smaller batches.`,
      )
    }
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES))
    this.#end = pointer + size
    return pointer
  }
}

function classBytes(bytes: number): number {
  const step = 2 ** Math.floor(Math.log2(Math.max(bytes, SMALLEST_BYTES))) / CLASSES_PER_DOUBLING
  const rounding = Math.max(step, SMALLEST_BYTES)
  return Math.ceil(bytes / rounding) * rounding
}
