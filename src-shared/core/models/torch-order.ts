// PyTorch flattens [channels, height, width], TensorFlow.js [height, width, channels]: the same values in another order.
import { size, type SizedLayer } from './network.ts'

/** For each value of the layer's input vector here, its place in PyTorch's vector. */
export function torchOrder(layer: SizedLayer): Uint32Array {
  const [height = 1, width = 1, channels = size(layer.input)] = layer.flattenedFrom ?? [1, 1]
  return Uint32Array.from({ length: height * width * channels }, (_, here) => {
    const pixel = Math.floor(here / channels)
    return (here % channels) * height * width + pixel
  })
}
