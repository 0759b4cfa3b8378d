// The numbers of tensors on any engine. A GPU is asked and waited for: under Node it cannot be read at once.
import * as tf from '@tensorflow/tfjs'

/** @param compute runs in a tidy of its own; what it returns is read and disposed */
export async function readTensors(compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  const tensors = tf.tidy(compute)
  try {
    return await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())))
  } finally {
    tf.dispose(tensors)
  }
}
