// After max pooling at most one pixel of each window has a gradient. Here those are listed per channel as entries
// {pixel, value}, so that the two gradients of the convolution before touch nothing else: about a quarter of the work.
import { RELU, slopeAt } from './activations'
import { parameter } from './lanes'

/** An entry: the index of the input pixel where the filter's patch begins (i32), then the gradient (f32). */
export const ENTRY_BYTES: usize = 8

/**
 * Lists the gradients that max pooling sends back through a convolution and its activation, channel by channel.
 * Parameters: 0 height and 1 width of the pooled image, 2 channels, 3 and 4 bytes the pooled gradient moves per row and
 * pixel, 5 and 6 bytes the pooled image moves, 7 bytes of a pixel of positions, 8 entries that a channel has room for,
 * 9 the activation (after ReLU only what came out positive has a gradient).
 * `positions` holds for each pooled value the index of the patch where its winner's filter began.
 */
export function listPooledGradient(
  gradient: usize,
  pooled: usize,
  positions: usize,
  entries: usize,
  counts: usize,
  parameters: usize,
): void {
  const height = parameter(parameters, 0)
  const width = parameter(parameters, 1)
  const channels = parameter(parameters, 2)
  const gradientRow = <usize>parameter(parameters, 3)
  const gradientPixel = <usize>parameter(parameters, 4)
  const pooledRow = <usize>parameter(parameters, 5)
  const pooledPixel = <usize>parameter(parameters, 6)
  const positionPixel = <usize>parameter(parameters, 7)
  const capacity = <usize>parameter(parameters, 8) * ENTRY_BYTES
  const activation = parameter(parameters, 9)
  const threshold: f32 = activation == RELU ? 0 : -Infinity
  for (let channel = 0; channel < channels; channel++) {
    const offset = (<usize>channel) << 2
    let position = positions + offset
    let entry = entries
    for (let y = 0; y < height; y++) {
      let from = gradient + offset + <usize>y * gradientRow
      let value = pooled + offset + <usize>y * pooledRow
      for (let x = 0; x < width; x++) {
        store<i32>(entry, load<i32>(position))
        store<f32>(entry, load<f32>(from) * slopeAt(activation, load<f32>(value)), 4)
        entry += load<f32>(value) > threshold ? ENTRY_BYTES : 0
        from += gradientPixel
        value += pooledPixel
        position += positionPixel
      }
    }
    store<i32>(counts + offset, <i32>((entry - entries) / ENTRY_BYTES))
    entries += capacity
  }
}
