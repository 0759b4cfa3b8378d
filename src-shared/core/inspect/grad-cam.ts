// Grad-CAM: the maps of a convolution, each weighed by how much the class's logit would grow with it, added up; what is
// below zero speaks for other classes and is left out. The map is as coarse as the layer is.
// Source: Selvaraju et al. 2017, "Grad-CAM: Visual explanations from deep networks via gradient-based localization", eq. 1 and 2.
import * as tf from '@tensorflow/tfjs'
import { Failure } from '../../failure.ts'
import { applyLayers } from '../models/apply-network.ts'
import type { LiveParameters } from '../models/live-parameters.ts'
import type { Network, SizedLayer } from '../models/network.ts'
import { toImages } from './look-inside.ts'

export interface GradCam {
  readonly height: number
  readonly width: number
  /** One for each map of the layer: the mean of the logit's derivatives by its values (the paper's alpha). */
  readonly weights: Float32Array
  /** height * width, 0 and above, in units of the logit. */
  readonly values: Float32Array
}

/**
 * @param input height * width * channels bytes
 * @param layerName of a convolution; its maps are taken after the activation
 * @throws Failure 'invalid-setting' for a layer that is no convolution, or a class that there is not
 */
export async function computeGradCam(
  network: Network,
  parameters: LiveParameters,
  input: Uint8Array,
  layerName: string,
  label: number,
): Promise<GradCam> {
  const place = requireConvolution(network, layerName)
  requireClass(network, label)
  const before = network.layers.slice(0, place + 1)
  const own = countParameters(before)
  const [height = 0, width = 0] = before.at(-1)?.output ?? []
  const { alpha, cam } = tf.tidy(() => {
    const maps = applyLayers(before, parameters.slice(0, own), toImages(network, input)) // [1, height, width, maps]
    const logitOf = (reached: tf.Tensor): tf.Tensor => {
      const logits = applyLayers(network.layers.slice(place + 1), parameters.slice(own), reached)
      return tf.sum(tf.slice(logits, [0, label], [1, 1]))
    }
    const alpha: tf.Tensor = tf.mean(tf.grad(logitOf)(maps), [1, 2]) // [1, maps]
    const cam: tf.Tensor = tf.relu(tf.sum(tf.mul(maps, tf.reshape(alpha, [1, 1, 1, -1])), 3)) // [1, height, width]
    return { alpha, cam }
  })
  try {
    return { height, width, weights: await read(alpha), values: await read(cam) }
  } finally {
    tf.dispose([alpha, cam])
  }
}

function requireConvolution({ layers }: Network, name: string): number {
  const place = layers.findIndex(({ layer }) => layer.kind === 'convolution' && layer.name === name)
  if (place !== -1) return place
  const names = layers.flatMap(({ layer }) => (layer.kind === 'convolution' ? [layer.name] : []))
  const advice =
    names.length === 0 ? 'This network has none: use occlusion.' : `Choose one of ${names.join(', ')}.`
  throw new Failure('invalid-setting', `Grad-CAM looks at a convolution, and ${name} is not one. ${advice}`)
}

/** @throws Failure 'invalid-setting' */
export function requireClass({ task }: Network, label: number): void {
  if (label < task.classes) return
  throw new Failure('invalid-setting', `There is no class ${label}: the network tells ${task.classes} apart.`)
}

function countParameters(layers: readonly SizedLayer[]): number {
  return layers.reduce((sum, layer) => sum + layer.parameters.length, 0)
}

async function read(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data())
}
