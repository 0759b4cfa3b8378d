import { describe, expect, it } from 'vitest'
import {
  describeDifferences,
  describePrecision,
  describeUnknown,
  judgeDifference,
  writeGap,
} from '../../../src-renderer/pages/classify/evaluation-words.ts'

/** A run on photos of two classes, so many of each and so many of them right. */
function measured(name: string, coats: readonly [number, number], bags: readonly [number, number]) {
  return {
    name,
    classNames: ['Coat', 'Bag'],
    count: coats[0] + bags[0],
    correct: coats[1] + bags[1],
    confusionMatrix: [
      [coats[1], coats[0] - coats[1]],
      [bags[0] - bags[1], bags[1]],
    ],
  }
}

const GOOD = measured('Good', [50, 50], [50, 50])
const POOR = measured('Poor', [50, 20], [50, 20])
const MIDDLING = measured('Middling', [50, 30], [50, 22])

describe('Two runs on the same photos', () => {
  it('are shown to differ where every way in which their answers fall together shows it', () => {
    expect(judgeDifference(GOOD, POOR, 1)).toBe('shown')
    expect(describeDifferences([POOR, GOOD])).toEqual([
      'Good has more right than Poor, by more than chance gives.',
    ])
  })

  it('are not shown to differ where no way shows it', () => {
    const less = measured('Less', [50, 49], [50, 47])
    expect(judgeDifference(GOOD, less, 1)).toBe('not-shown')
    expect(describeDifferences([GOOD, less])).toEqual([
      'The two runs are not shown to differ: on so few photos the difference may be chance.',
    ])
  })

  it('are left open where the totals do not tell', () => {
    expect(judgeDifference(POOR, MIDDLING, 1)).toBe('open')
    expect(describeDifferences([POOR, MIDDLING])).toEqual([
      'The two runs may differ: the totals leave open on how many photos exactly one of two runs is right.',
    ])
  })

  it('need more the more pairs are looked at', () => {
    const all = measured('All', [10, 10], [0, 0])
    const fewer = measured('Fewer', [10, 4], [0, 0])
    expect(judgeDifference(all, fewer, 1)).toBe('shown')
    expect(judgeDifference(all, fewer, 3)).toBe('open')
  })

  it('are compared by the names of their classes, and not on other photos', () => {
    const turned = {
      ...POOR,
      classNames: ['Bag', 'Coat'],
      confusionMatrix: [
        [20, 30],
        [30, 20],
      ],
    }
    expect(judgeDifference(GOOD, turned, 1)).toBe('shown')
    const others = measured('Others', [60, 20], [40, 20])
    expect(judgeDifference(GOOD, others, 1)).toBeNull()
    expect(describeDifferences([GOOD, others, POOR])).toEqual([
      'Good has more right than Poor, by more than chance gives.',
      '2 pairs of runs: did not judge the same photos and cannot be compared.',
    ])
  })

  it('are no matter for a single run', () => {
    expect(describeDifferences([GOOD])).toEqual([])
  })
})

describe('What a few photos tell', () => {
  it('is said with how wide the interval is', () => {
    expect(describePrecision([{ count: 24, interval: { low: 0.42, high: 0.79 } }])).toBe(
      'With 24 photos the accuracy is known only roughly: the interval of 95 % is 37 points wide. More labelled photos make it narrower.',
    )
    expect(describePrecision([{ count: 2000, interval: { low: 0.86, high: 0.89 } }])).toBeNull()
    expect(describePrecision([{ count: 0, interval: null }])).toBeNull()
    expect(describePrecision([])).toBeNull()
  })

  it('names the photos that a run leaves out because it does not know their class', () => {
    const people = { className: 'people', count: 1 }
    const known = { unknown: [] }
    expect(describeUnknown([known])).toBeNull()
    expect(describeUnknown([{ unknown: [people] }])).toBe(
      'One photo of people is left out: the run does not know that class.',
    )
    expect(describeUnknown([{ unknown: [{ className: 'not-a-garment', count: 8 }, people] }, known])).toBe(
      '8 photos of not-a-garment, one photo of people are left out: some of the runs do not know these classes.',
    )
  })

  it('is told as a gap with its direction', () => {
    expect([0.1312, -0.02, 0.0004].map(writeGap)).toEqual(['13.1 points below', '2.0 points above', 'none'])
  })
})
