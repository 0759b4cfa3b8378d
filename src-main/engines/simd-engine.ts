// Engine `simd`: our own TensorFlow.js backend, WebAssembly with SIMD on all cores. See src-shared/simd.
import * as tf from '@tensorflow/tfjs'
import type { Threads } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { Engine } from './engine.ts'
import { startSimdEngine } from './simd.ts'

export const simdEngine: Engine = {
  name: 'simd',
  async start(wanted) {
    const { threads, version } = await startOrExplain(wanted)
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

async function startOrExplain(threads: Threads): ReturnType<typeof startSimdEngine> {
  try {
    return await startSimdEngine(threads === 'automatic' ? {} : { threads })
  } catch (error) {
    throw new Failure('unavailable', `The engine simd did not start: ${describeFailure(error).message}`, {
      cause: error,
    })
  }
}
