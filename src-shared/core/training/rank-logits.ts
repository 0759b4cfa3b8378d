// What a row of logits says: the predicted label, its probability, and how many classes stand before the true one.

export interface Ranking {
  readonly label: number
  /** Softmax of the predicted label. */
  readonly probability: number
  /** 0 when the prediction is right; of equal logits the lower class number comes first. */
  readonly rankOfTruth: number
}

/** @param logits [batch, classes], row-major */
export function rankLogits(logits: Float32Array, truth: Int32Array, classes: number): Ranking[] {
  return Array.from(truth, (label, row) =>
    rankRow(logits.subarray(row * classes, (row + 1) * classes), label),
  )
}

function rankRow(logits: Float32Array, truth: number): Ranking {
  const label = logits.reduce((best, value, index) => (value > (logits[best] ?? 0) ? index : best), 0)
  const highest = logits[label] ?? 0
  const sum = logits.reduce((total, value) => total + Math.exp(value - highest), 0)
  const own = logits[truth] ?? 0
  const before = (value: number, index: number): boolean => value > own || (value === own && index < truth)
  return { label, probability: 1 / sum, rankOfTruth: logits.filter(before).length }
}
