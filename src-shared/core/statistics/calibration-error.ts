// How far a model's probabilities are from what it gets right: of images given 0.8, eight in ten should be right.

export interface CalibrationBin {
  /** Where it begins and ends; it holds its upper end, not its lower one. */
  readonly low: number
  readonly high: number
  readonly count: number
  /** Means over its images; 0 for an empty one. */
  readonly confidence: number
  readonly accuracy: number
}

export interface CalibrationError {
  readonly bins: readonly CalibrationBin[]
  /** Expected calibration error: mean |accuracy - confidence| of the bins, each weighed by its images; 0..1. */
  readonly expected: number
}

/**
 * Guo and others 2017, eq. 3: bins of equal width over the probability of the predicted class.
 * @param confidences 0..1, one for each image
 * @param areRight whether the predicted class is the true one
 */
export function calibrationError(
  confidences: ArrayLike<number>,
  areRight: readonly boolean[],
  binCount = 15,
): CalibrationError {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, right: 0 }))
  areRight.forEach((isRight, index) => {
    const confidence = confidences[index] ?? 0
    const sum = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))]
    if (sum === undefined) return
    sum.count++
    sum.confidence += confidence
    if (isRight) sum.right++
  })
  const bins = sums.map(({ count, confidence, right }, index) => ({
    low: index / binCount,
    high: (index + 1) / binCount,
    count,
    confidence: count === 0 ? 0 : confidence / count,
    accuracy: count === 0 ? 0 : right / count,
  }))
  const gaps = bins.map(({ count, accuracy, confidence }) => count * Math.abs(accuracy - confidence))
  return { bins, expected: gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, areRight.length) }
}
