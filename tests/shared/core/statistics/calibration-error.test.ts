import fc from 'fast-check'
import { expect, it } from 'vitest'
import { calibrationError } from '#shared/core/statistics/calibration-error.ts'
import { expectClose, SCIPY } from './scipy.ts'

it('gives what NumPy gives for 200 images in 15 bins', () => {
  const { confidences, right, expected } = SCIPY.calibration
  expectClose(calibrationError(confidences, right).expected, expected, 1e-12)
})

it('is 0 where every bin is right as often as it says, and the gap where all are alike', () => {
  const right = [true, true, true, false]
  expect(calibrationError([0.75, 0.75, 0.75, 0.75], right).expected).toBeCloseTo(0, 12)
  expect(calibrationError([1, 1, 1, 1], right).expected).toBeCloseTo(0.25, 12)
})

it('counts every image once, also at the ends of the bins', () => {
  const confidence = fc.oneof(fc.constantFrom(0, 1 / 3, 0.2, 1), fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(fc.tuple(confidence, fc.boolean())), (images) => {
      const result = calibrationError(
        images.map(([value]) => value),
        images.map(([, isRight]) => isRight),
      )
      expect(result.bins.reduce((sum, { count }) => sum + count, 0)).toBe(images.length)
      expect(result.expected).toBeLessThanOrEqual(1)
    }),
  )
})
