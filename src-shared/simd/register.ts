// Makes the engine known to TensorFlow.js: all of the cpu backend's kernels under the name 'simd', with ours in the
// places where time is spent.
import {
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core'
import { SimdBackend } from './backend.ts'
import { createConvolutionKernels } from './kernels/convolution.ts'
import { createElementwiseKernels } from './kernels/elementwise.ts'
import type { PlainKernel } from './kernels/fast-kernel.ts'
import { createMatrixProductKernels } from './kernels/matrix-product.ts'
import { createNetworkKernels } from './kernels/network.ts'
import { createPoolingKernels } from './kernels/pooling.ts'
import { createRowKernels } from './kernels/rows.ts'
import { createUpdateKernels } from './kernels/updates.ts'
import { Machine, type SpawnThread } from './machine.ts'
import type { KernelModule } from './web-assembly.ts'

export const BACKEND_NAME = 'simd'

export interface SimdOptions {
  /** assembly/index.ts, compiled. */
  readonly module: KernelModule
  /** Threads that compute, the calling one included. */
  readonly threads: number
  readonly spawnThread: SpawnThread
}

/** Registers the backend; `tf.setBackend('simd')` then starts it, and `tf.removeBackend('simd')` ends it. */
export function registerSimdBackend({ module, threads, spawnThread }: SimdOptions): void {
  registerBackend(BACKEND_NAME, () => new SimdBackend(new Machine(module, threads, spawnThread)))
  for (const { kernelName } of getKernelsForBackend(BACKEND_NAME)) unregisterKernel(kernelName, BACKEND_NAME)
  const own = createKernels()
  const names = new Set(own.map(({ kernelName }) => kernelName))
  const others = getKernelsForBackend('cpu').filter(({ kernelName }) => !names.has(kernelName))
  for (const kernel of [...own, ...others]) registerKernel({ ...kernel, backendName: BACKEND_NAME })
}

function createKernels(): PlainKernel[] {
  return [
    ...createConvolutionKernels(),
    ...createPoolingKernels(),
    ...createMatrixProductKernels(),
    ...createElementwiseKernels(),
    ...createRowKernels(),
    ...createUpdateKernels(),
    ...createNetworkKernels(),
  ]
}
