// Engine `simd`: our own TensorFlow.js backend, WebAssembly with SIMD on all cores. See src-shared/simd.
import * as tf from '@tensorflow/tfjs'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { Engine } from './engine.ts'
import { startSimdEngine } from './simd.ts'
import { readThreads } from './threads.ts'

export const simdEngine: Engine = {
  name: 'simd',
  async start() {
    const { threads, version } = await startOrExplain()
    return {
      name: 'simd',
      backend: 'simd',
      versions: { '@tensorflow/tfjs': tf.version.tfjs, simd: version },
      threads,
      gpu: null,
      notice: null,
    }
  },
}

async function startOrExplain(): ReturnType<typeof startSimdEngine> {
  try {
    return await startSimdEngine({ threads: readThreads() })
  } catch (error) {
    throw new Failure('unavailable', `The engine simd did not start: ${describeFailure(error).message}`, {
      cause: error,
    })
  }
}
