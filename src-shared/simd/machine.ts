// The shared memory, its allocator, and the threads that compute over it. It knows programs, and nothing of tensors.
import { Allocator } from './allocator.ts'
import { phaseBytes, writePhase, type Phase, type Surroundings } from './program.ts'
import {
  createSharedMemory,
  instantiateKernels,
  type KernelModule,
  type Kernels,
  type SharedMemory,
} from './web-assembly.ts'

/** What a new thread needs; it can be posted to a worker, which hands it to serveThread. */
export interface ThreadStart {
  readonly module: KernelModule
  readonly memory: SharedMemory
  readonly control: number
  readonly thread: number
}

/** Starts a worker that calls serveThread with `start`, and says how to end it by force. */
export type SpawnThread = (start: ThreadStart) => { terminate(): void }

/** Addresses below this are never allocated; the control block lies at CONTROL, with a heartbeat for each thread. */
const FIRST_ADDRESS = 8192
const CONTROL = 1024
const MAXIMUM_THREADS = 64
/** How long threads may make no progress: far longer than one image takes. */
const PATIENCE_MS = 20_000

/** Memory that a program works with, besides its tensors; absent ones are not needed. */
export interface Workspace {
  readonly arenaBytes?: number
  readonly slices?: number
  readonly sliceBytes?: number
  readonly rows?: number
}

export class Machine {
  readonly memory: SharedMemory
  readonly allocator: Allocator
  readonly threads: number
  readonly #kernels: Kernels
  readonly #patienceMs: number
  readonly #workers: { terminate(): void }[] = []
  readonly #bases: number
  #arenas = 0
  #arenaBytes = 0
  #program = 0
  #programBytes = 0
  #words: Int32Array
  #closed = false

  /**
   * @param threads how many threads compute, the calling one included (1 to 64).
   * @param spawnThread called `threads` - 1 times. Work begins at once: late threads join when they are ready.
   * @param patienceMs after so long without any progress of the others a thread counts as dead.
   */
  constructor(
    module: KernelModule,
    threads: number,
    spawnThread: SpawnThread,
    patienceMs: number = PATIENCE_MS,
  ) {
    if (!Number.isInteger(threads) || threads < 1 || threads > MAXIMUM_THREADS) {
      throw new RangeError(`The simd engine runs on 1 to ${MAXIMUM_THREADS} threads, not on ${threads}.`)
    }
    this.threads = threads
    this.#patienceMs = patienceMs
    this.memory = createSharedMemory()
    this.allocator = new Allocator(this.memory, FIRST_ADDRESS)
    this.#words = new Int32Array(this.memory.buffer)
    this.#kernels = instantiateKernels(module, this.memory)
    this.#bases = this.allocator.allocate(4)
    this.words(this.#bases, 1).fill(0)
    for (let thread = 1; thread < threads; thread++) {
      this.#workers.push(spawnThread({ module, memory: this.memory, control: CONTROL, thread }))
    }
  }

  /** A view of `count` 32-bit words at an address. */
  words(pointer: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, count)
  }

  /**
   * Writes the phases down and runs them one after the other. Their arena is shared with all other such programs, so its
   * contents are arbitrary at the beginning of a piece.
   */
  run(phases: readonly Phase[], workspace: Workspace = {}): void {
    const arenaBytes = roundUp(workspace.arenaBytes ?? 0)
    this.#reserveArenas(arenaBytes)
    const around: Surroundings = {
      bases: this.#bases,
      arenas: this.#arenas,
      arenaBytes: this.#arenaBytes,
      slices: workspace.slices ?? 0,
      sliceBytes: workspace.sliceBytes ?? 0,
      rows: workspace.rows ?? 0,
    }
    for (const phase of phases) {
      this.#reserveProgram(phaseBytes(phase))
      this.writePhase(this.#program, phase, around)
      this.runWritten(this.#program)
    }
  }

  /** Writes a phase down at `pointer`, where the caller has room for phaseBytes(phase). */
  writePhase(pointer: number, phase: Phase, around: Surroundings): void {
    const { buffer } = this.memory
    if (this.#words.buffer !== buffer) this.#words = new Int32Array(buffer)
    writePhase(this.#words, pointer, phase, around)
  }

  /**
   * Runs a phase that was written down before.
   * @throws Error when the engine is closed, or a thread has died in the middle of its work.
   */
  runWritten(pointer: number): void {
    if (this.#closed) throw new Error('The simd engine is closed: start it again before computing.')
    if (this.#kernels.runPhase(CONTROL, pointer, this.#patienceMs) !== 0) {
      this.close()
      throw new Error(
        'A thread of the simd engine has stopped answering: the engine is closed. Start it again.',
      )
    }
  }

  /** Ends all threads. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#kernels.close(CONTROL)
    for (const worker of this.#workers) worker.terminate()
  }

  #reserveArenas(bytes: number): void {
    if (bytes <= this.#arenaBytes) return
    if (this.#arenas) this.allocator.free(this.#arenas)
    this.#arenas = this.allocator.allocate(bytes * this.threads)
    this.#arenaBytes = bytes
  }

  #reserveProgram(bytes: number): void {
    if (bytes <= this.#programBytes) return
    if (this.#program) this.allocator.free(this.#program)
    this.#program = this.allocator.allocate(bytes)
    this.#programBytes = bytes
  }
}

const ARENA_ALIGNMENT = 256

/** Arena sizes are rounded so that no two threads write to one cache line. */
export function roundUp(bytes: number): number {
  return Math.ceil(bytes / ARENA_ALIGNMENT) * ARENA_ALIGNMENT
}
