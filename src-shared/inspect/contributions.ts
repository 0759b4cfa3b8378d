// What each input of a unit adds to its sum: input times weight. Exact for this one layer, and only for it: what made
// the inputs what they are is another question, one layer further up.
import type { Shape } from '../core/models/layers.ts'

export interface Contributions {
  /** One for each input; with the bias they add up to `sum`. */
  readonly each: Float64Array
  readonly bias: number
  readonly sum: number
  /** Sum of those above 0, and of those below. */
  readonly forIt: number
  readonly against: number
}

/** @param weights of one unit, one for each input */
export function explainUnit(
  inputs: ArrayLike<number>,
  weights: ArrayLike<number>,
  bias: number,
): Contributions {
  const each = Float64Array.from(
    { length: inputs.length },
    (_, i) => (inputs[i] ?? NaN) * (weights[i] ?? NaN),
  )
  const forIt = each.reduce((sum, part) => (part > 0 ? sum + part : sum), 0)
  const against = each.reduce((sum, part) => (part < 0 ? sum + part : sum), 0)
  return { each, bias, sum: forIt + against + bias, forIt, against }
}

/** What speaks for one unit rather than another: the differences, which add up to the difference of the two sums. */
export function compareUnits(one: Contributions, other: Contributions): Contributions {
  const each = one.each.map((part, i) => part - (other.each[i] ?? NaN))
  const forIt = each.reduce((sum, part) => (part > 0 ? sum + part : sum), 0)
  const against = each.reduce((sum, part) => (part < 0 ? sum + part : sum), 0)
  const bias = one.bias - other.bias
  return { each, bias, sum: forIt + against + bias, forIt, against }
}

/** The sum of each map's contributions, where the inputs are maps of [height, width, channels] in one row. */
export function sumOverMaps({ each }: Pick<Contributions, 'each'>, shape: Shape): readonly number[] {
  const channels = shape[2] ?? 1
  const sums = new Array<number>(channels).fill(0)
  each.forEach((part, place) => {
    sums[place % channels] = (sums[place % channels] ?? 0) + part
  })
  return sums
}
