import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  estimateErrorShare,
  estimateJoint,
  findLabelIssues,
  findThresholds,
  type LabelledProbabilities,
} from '#shared/core/quality/confident-learning.ts'

function dataOf(rows: readonly (readonly number[])[], labels: readonly number[]): LabelledProbabilities {
  return {
    classes: rows[0]?.length ?? 0,
    probabilities: Float32Array.from(rows.flat()),
    labels: Uint8Array.from(labels),
  }
}

/** Worked by hand: t = (0.7, 0.6); image 2 is labelled 0 and reaches only the threshold of class 1. */
const WORKED = dataOf(
  [
    [0.9, 0.1],
    [0.9, 0.1],
    [0.3, 0.7],
    [0.3, 0.7],
    [0.5, 0.5],
  ],
  [0, 0, 0, 1, 1],
)

const anyData = fc
  .record({ classes: fc.integer({ min: 2, max: 5 }), images: fc.integer({ min: 1, max: 40 }) })
  .chain(({ classes, images }) =>
    fc.record({
      rows: fc.array(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: classes, maxLength: classes }), {
        minLength: images,
        maxLength: images,
      }),
      labels: fc.array(fc.nat(classes - 1), { minLength: images, maxLength: images }),
    }),
  )
  .map(({ rows, labels }) => {
    const shares = rows.map((row) => row.map((value) => value / row.reduce((sum, one) => sum + one, 0)))
    return dataOf(shares, labels)
  })

describe('Confident learning', () => {
  it('takes as threshold of a class the mean probability over the images labelled so (equation 2)', () => {
    const [first, second] = findThresholds(WORKED)
    expect(first).toBeCloseTo((0.9 + 0.9 + 0.3) / 3)
    expect(second).toBeCloseTo((0.7 + 0.5) / 2)
  })

  it('counts an image for the likeliest class whose threshold it reaches, or for none (equation 1)', () => {
    expect(estimateJoint(WORKED).counts).toEqual([
      [2, 1],
      [0, 1], // the last image reaches no threshold
    ])
  })

  it('scales the counts to the labels and then to 1 (equation 3)', () => {
    const { joint } = estimateJoint(WORKED)
    expect(joint[0]?.[0]).toBeCloseTo(((2 / 3) * 3) / 5)
    expect(joint[0]?.[1]).toBeCloseTo(((1 / 3) * 3) / 5)
    expect(joint[1]).toEqual([0, expect.closeTo(2 / 5)])
    expect(estimateErrorShare({ joint })).toBeCloseTo(1 / 5)
  })

  it('takes the images with the largest margin, as many as the joint says and only those least sure of their label (C+NR)', () => {
    const joint = estimateJoint(WORKED)
    expect(findLabelIssues(WORKED, joint)).toEqual([
      {
        image: 2,
        given: 0,
        suggested: 1,
        givenProbability: expect.closeTo(0.3) as number,
        suggestedProbability: expect.closeTo(0.7) as number,
        score: expect.closeTo(0.4) as number,
      },
    ])
  })

  it('finds nothing to doubt where the model agrees with every label', () => {
    const sure = dataOf(
      [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      [0, 1],
    )
    expect(findLabelIssues(sure, estimateJoint(sure))).toEqual([])
  })

  it('takes the labels of a class of which nothing is sure as right', () => {
    const unsure = dataOf(
      [
        [0.2, 0.4, 0.4],
        [0.4, 0.2, 0.4],
      ],
      [0, 0],
    )
    const { joint } = estimateJoint(unsure)
    expect(joint.flat().reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  it('gives a joint that sums to 1 with the given labels as its rows, whatever the probabilities are', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const { joint } = estimateJoint(data)
        joint.forEach((row, given) => {
          const share = data.labels.filter((label) => label === given).length / data.labels.length
          expect(row.reduce((sum, one) => sum + one, 0)).toBeCloseTo(share, 9)
          expect(row.every((one) => one >= 0)).toBe(true)
        })
      }),
    )
  })

  it('doubts each image at most once, never for its own label, and the likeliest errors first', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const issues = findLabelIssues(data, estimateJoint(data))
        expect(new Set(issues.map(({ image }) => image)).size).toBe(issues.length)
        for (const { given, suggested, score } of issues) {
          expect(suggested).not.toBe(given)
          expect(score).toBeGreaterThan(0)
        }
        expect(issues.map(({ score }) => score)).toEqual(
          issues.map(({ score }) => score).toSorted((a, b) => b - a),
        )
      }),
    )
  })
})
