// Engine `wasm`: TensorFlow.js's WebAssembly backend (SIMD, one thread), with the convolution gradients that it lacks
// and a gradient of max pooling that is right.
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { Failure } from '#shared/failure.ts'
import { registerConvolutionGradients } from './convolution-gradients.ts'
import type { Engine } from './engine.ts'
import { registerMaxPoolingGradient } from './pooling-gradient.ts'

const ownRequire = createRequire(import.meta.url)

export const wasmEngine: Engine = {
  name: 'wasm',
  async start() {
    const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm')
    const binary = ownRequire.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')
    setWasmPaths(dirname(binary) + sep)
    if (!hasFilterGradient()) {
      registerConvolutionGradients('wasm')
      registerMaxPoolingGradient('wasm')
    }
    if (!(await tf.setBackend('wasm'))) {
      throw new Failure(
        'unavailable',
        'The engine wasm did not start: this machine cannot run its WebAssembly.',
      )
    }
    return {
      name: 'wasm',
      backend: 'wasm',
      versions: { '@tensorflow/tfjs': tf.version.tfjs, '@tensorflow/tfjs-backend-wasm': version },
      threads: 1,
      gpu: null,
      notice: null,
    }
  },
}

function hasFilterGradient(): boolean {
  return tf.getKernelsForBackend('wasm').some((kernel) => kernel.kernelName === tf.Conv2DBackpropFilter)
}
