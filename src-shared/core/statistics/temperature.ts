// Calibration: logits divided by one number, so that of all answers given with 70 % about 70 % are right. It changes how
// sure a network says that it is, and no answer: the largest logit stays the largest.
// Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks" (temperature scaling).

export const LOWEST_TEMPERATURE = 0.05
export const HIGHEST_TEMPERATURE = 20
const ROUNDS = 60
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** softmax(logits / temperature) of one image. */
export function toProbabilities(logits: ArrayLike<number>, temperature: number): Float32Array {
  const scaled = Float64Array.from(logits, (value) => value / temperature)
  const highest = Math.max(...scaled)
  const powers = scaled.map((value) => Math.exp(value - highest))
  const sum = powers.reduce((total, value) => total + value, 0)
  return Float32Array.from(powers, (value) => value / sum)
}

/** The probability of one class for each row of logits [count, classes]. */
export function probabilitiesOf(
  label: number,
  logits: Float32Array,
  classes: number,
  temperature: number,
): number[] {
  return Array.from({ length: logits.length / classes }, (_, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    return toProbabilities(own, temperature)[label] ?? 0
  })
}

/**
 * The temperature with the least negative log likelihood (golden section over its logarithm), between the lowest and the
 * highest.
 * @param logits [count, classes], row-major
 */
export function fitTemperature(logits: Float32Array, labels: ArrayLike<number>, classes: number): number {
  const loss = (logTemperature: number): number =>
    negativeLogLikelihood(logits, labels, classes, Math.exp(logTemperature))
  let low = Math.log(LOWEST_TEMPERATURE)
  let high = Math.log(HIGHEST_TEMPERATURE)
  for (let round = 0; round < ROUNDS && high - low > 1e-4; round++) {
    const left = high - GOLDEN * (high - low)
    const right = low + GOLDEN * (high - low)
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}

/**
 * Mean over the images of -log of the probability that softmax(logits / temperature) gives to the truth; 0 for no image.
 * @param logits [count, classes], row-major
 */
export function negativeLogLikelihood(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  temperature: number,
): number {
  const count = logits.length / classes
  let sum = 0
  for (let i = 0; i < count; i++)
    sum += surprise(logits.subarray(i * classes, (i + 1) * classes), labels[i] ?? 0, temperature)
  return sum / Math.max(1, count)
}

/** -log of the probability of the truth. */
function surprise(logits: Float32Array, truth: number, temperature: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (const value of logits) highest = Math.max(highest, value)
  let sum = 0
  for (const value of logits) sum += Math.exp((value - highest) / temperature)
  return Math.log(sum) - ((logits[truth] ?? 0) - highest) / temperature
}
