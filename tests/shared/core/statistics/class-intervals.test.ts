import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classIntervals, f1Interval } from '#shared/core/statistics/class-intervals.ts'
import { wilsonInterval } from '#shared/core/statistics/intervals.ts'
import { Random } from '#shared/core/random.ts'
import { scoreClasses } from '#shared/core/training/class-scores.ts'
import { SCIPY } from './scipy.ts'

const counts = fc.nat({ max: 400 })
const matrices = fc
  .integer({ min: 2, max: 6 })
  .chain((size) =>
    fc.array(fc.array(counts, { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  )

describe('the intervals of a class', () => {
  it('hold their score and stay inside 0 to 1; there is none where there is no score', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const scores = scoreClasses(matrix)
        classIntervals(matrix).forEach((intervals, label) => {
          for (const name of ['precision', 'recall', 'f1'] as const) {
            const [score, interval] = [scores[label]?.[name], intervals[name]]
            expect(interval === null).toBe(score === null)
            if (interval === null || score == null) continue
            expect(interval.low).toBeGreaterThanOrEqual(0)
            expect(interval.low).toBeLessThanOrEqual(score + 1e-12)
            expect(interval.high).toBeGreaterThanOrEqual(score - 1e-12)
            expect(interval.high).toBeLessThanOrEqual(1)
          }
        })
      }),
    )
  })

  it('are Wilson’s of the row for recall and of the column for precision', () => {
    const matrix = [
      [80, 20],
      [5, 95],
    ]
    const [first] = classIntervals(matrix)
    expect(first?.recall).toEqual(wilsonInterval(80, 100))
    expect(first?.precision).toEqual(wilsonInterval(80, 85))
  })

  it.each(SCIPY.f1)(
    'are for F1 those of F*, carried over: $hits of $either',
    ({ hits, either, low, high }) => {
      const interval = f1Interval(hits, either)
      expect(interval.low).toBeCloseTo(low, 12)
      expect(interval.high).toBeCloseTo(high, 12)
    },
  )

  it('are for F1 as wide as those of a bootstrap over images', () => {
    const matrix = [
      [712, 130, 158],
      [90, 850, 60],
      [140, 40, 820],
    ]
    const analytic = classIntervals(matrix)[0]?.f1
    const [low, high] = bootstrapF1(matrix, 2000)
    expect(analytic?.low).toBeCloseTo(low, 2)
    expect(analytic?.high).toBeCloseTo(high, 2)
  })
})

/** Percentiles of the F1 of class 0 over images drawn with replacement. */
function bootstrapF1(matrix: readonly (readonly number[])[], rounds: number): [number, number] {
  const random = new Random(1)
  const images = matrix.flatMap((row, truth) =>
    row.flatMap((count, answer) => new Array<[number, number]>(count).fill([truth, answer])),
  )
  const values = Array.from({ length: rounds }, () => {
    let [hits, either] = [0, 0]
    for (let draw = 0; draw < images.length; draw++) {
      const [truth, answer] = images[random.nextUint32() % images.length] ?? [0, 0]
      hits += truth === 0 && answer === 0 ? 1 : 0
      either += truth === 0 || answer === 0 ? 1 : 0
    }
    return (2 * hits) / (hits + either)
  }).sort((one, other) => one - other)
  return [values[Math.round(0.025 * rounds)] ?? 0, values[Math.round(0.975 * rounds)] ?? 0]
}
