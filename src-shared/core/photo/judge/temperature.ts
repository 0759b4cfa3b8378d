// Calibration: logits divided by one number, so that of all answers given with 70 % about 70 % are right.
// Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks" (temperature scaling).

const LOWEST_LOG = Math.log(0.05)
const HIGHEST_LOG = Math.log(20)
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

/**
 * The temperature with the least negative log likelihood (golden section over its logarithm).
 * @param logits [count, classes], row-major
 */
export function fitTemperature(logits: Float32Array, labels: ArrayLike<number>, classes: number): number {
  const count = logits.length / classes
  const loss = (logTemperature: number): number => {
    const temperature = Math.exp(logTemperature)
    let sum = 0
    for (let i = 0; i < count; i++)
      sum += surprise(logits.subarray(i * classes, (i + 1) * classes), labels[i] ?? 0, temperature)
    return sum
  }
  let low = LOWEST_LOG
  let high = HIGHEST_LOG
  for (let round = 0; round < ROUNDS && high - low > 1e-4; round++) {
    const left = high - GOLDEN * (high - low)
    const right = low + GOLDEN * (high - low)
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.exp((low + high) / 2)
}

/** -log of the probability of the truth. */
function surprise(logits: Float32Array, truth: number, temperature: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (const value of logits) highest = Math.max(highest, value)
  let sum = 0
  for (const value of logits) sum += Math.exp((value - highest) / temperature)
  return Math.log(sum) - ((logits[truth] ?? 0) - highest) / temperature
}

/** Entropy of probabilities as a share of the largest possible: 0 certain, 1 as good as guessing. */
export function normalisedEntropy(probabilities: Float32Array): number {
  const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
  return entropy / Math.log(probabilities.length)
}
