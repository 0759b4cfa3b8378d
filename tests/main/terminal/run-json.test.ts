import { describe, expect, it } from 'vitest'
import { flattenEpoch } from '#main/terminal/run-json.ts'
import { sampleEpoch } from '../store/sample-runs.ts'

describe('an epoch as JSON', () => {
  it('has the figures of every split that was measured, as the paper averages them', () => {
    const metrics = { ...sampleEpoch(1), test: { ...sampleEpoch(1).train, loss: 0.25, correct: 70 } }
    expect(flattenEpoch(metrics)).toEqual({
      epoch: 1,
      trainLoss: 1 / 3,
      trainAccuracy: 1 - 1 / 3,
      trainCorrect: 71,
      trainCount: 96,
      validationLoss: 2 / 3,
      validationAccuracy: 1 - 1 / 3,
      validationCorrect: 71,
      validationCount: 96,
      testLoss: 0.25,
      testAccuracy: 1 - 1 / 3,
      testCorrect: 70,
      testCount: 96,
      elapsedMs: 100.1,
      imagesPerSecond: 9001.7,
    })
  })

  it('says nothing of a split that was not measured', () => {
    expect(Object.keys(flattenEpoch({ ...sampleEpoch(1), validation: null })).join(' ')).toBe(
      'epoch trainLoss trainAccuracy trainCorrect trainCount elapsedMs imagesPerSecond',
    )
  })
})
