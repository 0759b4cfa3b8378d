// How undecided an answer is.

/** Entropy of probabilities as a share of the largest possible: 0 certain, 1 as good as guessing. */
export function normalisedEntropy(probabilities: Float32Array): number {
  const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
  return entropy / Math.log(probabilities.length)
}
