// Trains with the engine simd in a worker of the page; its threads are workers of this one.
import { setBackend } from '@tensorflow/tfjs-core'
import type { ThreadStart } from '#shared/simd/machine.ts'
import { BACKEND_NAME, registerSimdBackend } from '#shared/simd/register.ts'
import { compileKernels } from '#shared/simd/web-assembly.ts'
import { trainForPage } from './training.ts'

interface ThreadWorker {
  postMessage(message: ThreadStart): void
  terminate(): void
}
declare const Worker: new (script: URL, options: { readonly type: 'module' }) => ThreadWorker

interface Start {
  readonly kernels: ArrayBuffer
  readonly threads: number
}
const scope = globalThis as unknown as {
  addEventListener(event: 'message', listener: (event: { readonly data: Start }) => void): void
  postMessage(message: unknown): void
}

scope.addEventListener('message', ({ data }) => void answer(data))

async function answer({ kernels, threads }: Start): Promise<void> {
  const module = compileKernels(new Uint8Array(kernels))
  registerSimdBackend({ module, threads, spawnThread })
  await setBackend(BACKEND_NAME)
  scope.postMessage(await trainForPage())
}

function spawnThread(start: ThreadStart): ThreadWorker {
  const worker = new Worker(new URL('./thread-worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage(start)
  return worker
}
