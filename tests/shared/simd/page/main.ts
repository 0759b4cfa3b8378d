// The page: trains in a worker, because its own thread may not wait, and leaves what came out for the test.
import type { PageTraining } from './training.ts'

interface PageWorker {
  postMessage(message: unknown): void
  addEventListener(
    event: 'message' | 'error',
    listener: (event: { readonly data: PageTraining }) => void,
  ): void
}
declare const Worker: new (script: URL, options: { readonly type: 'module' }) => PageWorker

/** What the test asks of the page. */
export interface SimdPage {
  crossOriginIsolated: boolean
  trainHere?: (threads: number) => Promise<PageTraining>
}

const page = globalThis as unknown as SimdPage

page.trainHere = async (threads) => {
  const kernels = await (await fetch('./kernels.wasm')).arrayBuffer()
  const worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', () => reject(new Error('the worker that trains has failed')))
    worker.postMessage({ kernels, threads })
  })
}
