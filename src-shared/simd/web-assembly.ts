// The few parts of WebAssembly's API that this engine uses, typed by hand: this layer has neither DOM nor Node types.

/** A WebAssembly.Memory made with `shared: true`: views of an earlier `buffer` stay valid when it grows. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer
  grow(pages: number): number
}

/** A compiled WebAssembly.Module of assembly/index.ts; it can be posted to a worker. */
export type KernelModule = object

/** What the compiled kernels export; all arguments are addresses in the shared memory or plain numbers. */
export interface Kernels {
  /** Runs a phase to its end; 0, or 1 when a thread has made no progress for `patience` milliseconds. */
  runPhase(control: number, phase: number, patience: number): number
  /** Works for others until the engine is closed. */
  serve(control: number, thread: number): void
  /** Ends all threads that serve. */
  close(control: number): void
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => KernelModule
  readonly Memory: new (description: { initial: number; maximum: number; shared: true }) => SharedMemory
  readonly Instance: new (module: KernelModule, imports: object) => { readonly exports: unknown }
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi }

export const PAGE_BYTES = 65536

/** The kernels are compiled for exactly these limits: 1 MiB at first, 2 GiB at most. */
const INITIAL_PAGES = 16
export const MAXIMUM_PAGES = 32768

/** New shared memory that the kernels can import. Reserves address space for 2 GiB, and uses what is touched. */
export function createSharedMemory(): SharedMemory {
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true })
}

/** The kernels, ready to be instantiated by every thread; they are small enough to be compiled at once. */
export function compileKernels(bytes: Uint8Array): KernelModule {
  return new WebAssembly.Module(bytes)
}

/** The kernels over a memory. Every thread has its own instance of the same module. */
export function instantiateKernels(module: KernelModule, memory: SharedMemory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels
}
