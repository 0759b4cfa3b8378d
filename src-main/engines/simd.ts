// The engine 'simd' in a Node process (or Electron's utilityProcess): loads the compiled kernels and starts worker
// threads for them. The backend itself is src-shared/simd.
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { removeBackend, setBackend } from '@tensorflow/tfjs-core'
import { MOST_THREADS } from '#shared/engine.ts'
import type { ThreadStart } from '#shared/simd/machine.ts'
import { BACKEND_NAME, registerSimdBackend } from '#shared/simd/register.ts'
import { compileKernels } from '#shared/simd/web-assembly.ts'

/** Where `node src-main/build-kernels.ts` puts the kernels, seen from the sources. */
const KERNELS = resolve(import.meta.dirname, '../../out/simd/kernels.wasm')
const THREAD = new URL('./simd-thread.ts', import.meta.url)

export interface SimdEngine {
  readonly threads: number
  readonly version: string
  /** Ends the threads and takes the backend out of TensorFlow.js; its tensors are gone. */
  dispose(): void
}

/**
 * Registers the backend 'simd', starts it and makes it TensorFlow.js's current one.
 * @param options.threads computing threads, this one included; by default one per core.
 * @param options.kernels path of the compiled kernels, where they are not in out/.
 * @param options.thread script of a thread, where the sources are bundled.
 * @throws Error when the kernels were not built.
 */
export async function startSimdEngine({
  threads = Math.min(MOST_THREADS, availableParallelism()),
  kernels = KERNELS,
  thread = THREAD,
}: { threads?: number; kernels?: string; thread?: URL } = {}): Promise<SimdEngine> {
  const bytes = await readFile(kernels).catch((cause: unknown) => {
    throw new Error(
      `The simd engine's kernels are missing at ${kernels}: run "node src-main/build-kernels.ts".`,
      {
        cause,
      },
    )
  })
  const module = compileKernels(bytes)
  registerSimdBackend({ module, threads, spawnThread: (start) => spawnThread(thread, start) })
  await setBackend(BACKEND_NAME)
  return { threads, version: `relaxed-simd, ${threads} threads`, dispose: () => removeBackend(BACKEND_NAME) }
}

/** Threads do not keep the process alive. One that fails at its start is only missed: the others do its work. */
function spawnThread(script: URL, start: ThreadStart): { terminate(): void } {
  const worker = new Worker(script, { workerData: start, execArgv: [] })
  worker.on('error', (cause) =>
    process.emitWarning(`A thread of the simd engine has failed: ${String(cause)}`),
  )
  worker.unref()
  return { terminate: () => void worker.terminate() }
}
