import { describe, expect, it } from 'vitest'
import { judgeGain, writeGain } from '../../../src-renderer/pages/run/gain-words.ts'

const gain = (count: number, before: number, after: number) => ({ folds: 3, count, before, after })

describe('What is said of a gain', () => {
  it('is shown where it holds whichever photos changed', () => {
    expect(judgeGain(gain(40, 2, 38))).toBe(
      "The gain is shown by McNemar's exact test at 5 %, whichever photos changed.",
    )
    expect(judgeGain(gain(40, 38, 2))).toMatch(/^The loss is shown/)
  })

  it('is not shown by a few photos', () => {
    expect(judgeGain(gain(12, 6, 9))).toBe(
      'So few photos do not show a gain: the difference may be chance. More labelled photos would tell.',
    )
    expect(judgeGain(gain(12, 9, 6))).toMatch(/^So few photos do not show a loss/)
    expect(judgeGain(gain(12, 6, 6))).toMatch(/^As many photos are right as before/)
  })

  it('is left open where totals do not tell', () => {
    expect(judgeGain(gain(60, 20, 32))).toMatch(/^Whether the gain is more than chance depends on/)
  })

  it('has its direction', () => {
    expect([gain(40, 20, 26), gain(40, 26, 20), gain(40, 20, 20)].map(writeGain)).toEqual([
      '+15.0 points',
      '−15.0 points',
      '+0.0 points',
    ])
  })
})
