// Weights turned so that those of one map or unit lie together: as they are looked at, one output at a time.
import type { Shape } from '../core/models/layers.ts'

/**
 * @param weights [row, column, in, out] of a convolution or [in, out] of a dense layer
 * @returns [count, row, column, in] or [count, in]
 */
export function takeUnits(weights: Float32Array, shape: Shape, from: number, count: number): Float32Array {
  const units = shape.at(-1) ?? 1
  const inputs = weights.length / units
  const taken = new Float32Array(inputs * count)
  for (let unit = 0; unit < count; unit++)
    for (let input = 0; input < inputs; input++)
      taken[unit * inputs + input] = weights[input * units + from + unit] ?? NaN
  return taken
}
