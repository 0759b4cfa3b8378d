// Weights and biases on the engine, for those who only ask a network and train nothing.
import * as tf from '@tensorflow/tfjs'
import type { ParameterValues } from './initial-parameters.ts'

/** In the order of `listParameters`. */
export type LiveParameters = readonly tf.Tensor[]

/** They belong to the caller, who disposes them. */
export function loadParameters(parameters: readonly ParameterValues[]): LiveParameters {
  return parameters.map(({ values, shape }) => tf.tensor(values.slice(), [...shape]))
}

export function disposeParameters(parameters: LiveParameters): void {
  tf.dispose([...parameters])
}
