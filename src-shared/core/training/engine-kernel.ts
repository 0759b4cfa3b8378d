// Kernels that only some engines have, called by their names.
import * as tf from '@tensorflow/tfjs'

export function hasKernel(name: string): boolean {
  const kernel = tf.getKernel(name, tf.getBackend()) as tf.KernelConfig | undefined
  return kernel !== undefined
}

/** All outputs of a kernel that the running engine has. */
export function runKernel(name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor[] {
  const outputs = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap)
  return Array.isArray(outputs) ? outputs : [outputs]
}
