import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationError } from '#shared/core/statistics/calibration-error.ts'
import { measureReliability } from '#shared/core/statistics/reliability.ts'
import {
  fitTemperature,
  negativeLogLikelihood,
  toProbabilities,
} from '#shared/core/statistics/temperature.ts'
import { expectClose, SCIPY } from './scipy.ts'

const CLASSES = 4
const logit = fc.float({ min: -20, max: 20, noNaN: true })
const rows = fc.array(
  fc.tuple(
    fc.array(logit, { minLength: CLASSES, maxLength: CLASSES }),
    fc.integer({ min: 0, max: CLASSES - 1 }),
  ),
  { minLength: 1, maxLength: 40 },
)
const temperatures = fc.double({ min: 0.05, max: 20, noNaN: true })
const unpack = (images: readonly (readonly [number[], number])[]) => ({
  logits: Float32Array.from(images.flatMap(([values]) => values)),
  labels: images.map(([, label]) => label),
})

describe('a temperature', () => {
  const { temperature, before, after, ...given } = SCIPY.temperature
  const logits = Float32Array.from(given.logits)

  it('is where SciPy finds the least negative log likelihood', () => {
    const fitted = fitTemperature(logits, given.labels, CLASSES)
    expectClose(fitted, temperature, 1e-4)
    expectClose(negativeLogLikelihood(logits, given.labels, CLASSES, 1), before, 1e-12)
    expectClose(negativeLogLikelihood(logits, given.labels, CLASSES, fitted), after, 1e-8)
  })

  it('makes the likelihood of what it was fitted on no worse than any other does', () => {
    fc.assert(
      fc.property(rows, temperatures, (images, other) => {
        const { logits: drawn, labels } = unpack(images)
        const fitted = fitTemperature(drawn, labels, CLASSES)
        const best = negativeLogLikelihood(drawn, labels, CLASSES, fitted)
        expect(best).toBeLessThanOrEqual(negativeLogLikelihood(drawn, labels, CLASSES, other) + 1e-3)
      }),
    )
  })

  it('changes no answer', () => {
    fc.assert(
      fc.property(fc.array(logit, { minLength: 2, maxLength: 10 }), temperatures, (values, one) => {
        const own = Float32Array.from(values)
        const largest = Math.max(...own)
        const probabilities = toProbabilities(own, one)
        expect(probabilities[own.indexOf(largest)]).toBe(Math.max(...probabilities))
      }),
    )
  })

  it('of a network that is as sure as it is right is 1', () => {
    // Two classes, 3 in 4 right, each time with the confidence 0.75.
    const own = Float32Array.from([1, 1, 1, 1].flatMap(() => [Math.log(3), 0]))
    expect(fitTemperature(own, [0, 0, 0, 1], 2)).toBeCloseTo(1, 3)
  })
})

describe('reliability', () => {
  it('is the calibration error of the highest probabilities, with the likelihood beside it', () => {
    fc.assert(
      fc.property(rows, temperatures, (images, temperature) => {
        const { logits, labels } = unpack(images)
        const measured = measureReliability(logits, labels, CLASSES, temperature)
        const highest = images.map(([values]) => Math.max(...toProbabilities(values, temperature)))
        const areRight = images.map(([values, label]) => {
          const probabilities = toProbabilities(values, temperature)
          return probabilities.indexOf(Math.max(...probabilities)) === label
        })
        expect(measured.expected).toBeCloseTo(calibrationError(highest, areRight).expected, 6)
        expect(measured.surprise).toBe(negativeLogLikelihood(logits, labels, CLASSES, temperature))
        expect(measured.bins.reduce((sum, { count }) => sum + count, 0)).toBe(images.length)
      }),
    )
  })
})
