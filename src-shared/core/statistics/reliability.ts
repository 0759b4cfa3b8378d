// How well a network's confidence fits what it gets right, from its logits, before or after they are divided by a
// temperature.
import { calibrationError, type CalibrationError } from './calibration-error.ts'
import { negativeLogLikelihood, toProbabilities } from './temperature.ts'

export interface Reliability extends CalibrationError {
  /** Mean negative log likelihood of the true classes, in nats. */
  readonly surprise: number
}

/** @param logits [count, classes], row-major */
export function measureReliability(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  temperature: number,
): Reliability {
  const count = logits.length / classes
  const confidences = new Float32Array(count)
  const areRight: boolean[] = []
  for (let image = 0; image < count; image++) {
    const probabilities = toProbabilities(
      logits.subarray(image * classes, (image + 1) * classes),
      temperature,
    )
    const answer = probabilities.reduce(
      (best, p, label) => (p > (probabilities[best] ?? 0) ? label : best),
      0,
    )
    confidences[image] = probabilities[answer] ?? 0
    areRight.push(answer === labels[image])
  }
  const surprise = negativeLogLikelihood(logits, labels, classes, temperature)
  return { ...calibrationError(confidences, areRight), surprise }
}
