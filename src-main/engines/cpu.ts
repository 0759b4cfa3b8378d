// Engine `cpu`: TensorFlow.js's plain JavaScript backend. Slow and exact: the reference for tests.
import * as tf from '@tensorflow/tfjs'
import type { Engine } from './engine.ts'

export const cpuEngine: Engine = {
  name: 'cpu',
  async start() {
    await tf.setBackend('cpu')
    return {
      name: 'cpu',
      backend: 'cpu',
      versions: { '@tensorflow/tfjs': tf.version.tfjs },
      threads: 1,
      gpu: null,
      notice: null,
    }
  },
}
