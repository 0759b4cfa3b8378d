// What may have been measured of a run, for tests that need some.
import type { MeasuredAnswers } from '#main/evaluation/measured-answers.ts'
import type { MeasuredSplit } from '#shared/evaluation.ts'

export function sampleAnswers(labels: readonly number[] = [3, 1, 2]): MeasuredAnswers {
  const reliability: MeasuredSplit['given'] = {
    bins: [{ low: 0, high: 1, count: labels.length, confidence: 0.75, accuracy: 0.5 }],
    expected: 0.25,
    surprise: 0.5,
  }
  const split = { count: labels.length, correct: 2, given: reliability, scaled: reliability }
  return {
    report: {
      measuredAt: '2026-11-20T10:00:00.000Z',
      engine: 'simd',
      temperature: 1.25,
      isAtLimit: false,
      validation: { ...split, confusionMatrix: [[2, 1]] },
      test: split,
    },
    validation: {
      labels: Uint8Array.from(labels),
      probabilities: Float32Array.from(labels, (_, index) => 0.5 + index / 100),
    },
  }
}
