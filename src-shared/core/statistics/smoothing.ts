// Smoothing of a curve, over all its points and before any is left out for drawing.

/**
 * Exponential moving average, corrected for its start: m = w·m + (1 - w)·x, shown as m / (1 - w^t), so that the first
 * value is itself and not dragged to zero (Kingma and Ba 2015; TensorBoard shows curves so).
 * Values that are not finite stay what they are and do not count.
 * @param weight w, 0 (no smoothing) to below 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight >= 0 && weight < 1))
    throw new RangeError(`a smoothing weight is from 0 to below 1, not ${weight}`)
  let average = 0
  let taken = 0
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    average = weight * average + (1 - weight) * value
    taken++
    return average / (1 - weight ** taken)
  })
}
