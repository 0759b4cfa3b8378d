import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '#shared/core/statistics/intervals.ts'

describe('the 95 % interval of a share', () => {
  it('ends where the score test is just at its limit, which is how Wilson defined it', () => {
    const { low, high } = wilsonInterval(8861, 10_000)
    for (const end of [low, high]) {
      const score = Math.abs(0.8861 - end) / Math.sqrt((end * (1 - end)) / 10_000)
      expect(score).toBeCloseTo(1.959964, 6)
    }
    expect(high - low).toBeCloseTo(0.01245, 4)
  })

  it('is that of Newcombe 1998, table I: 81 of 263', () => {
    const { low, high } = wilsonInterval(81, 263)
    expect(low).toBeCloseTo(0.2553, 4)
    expect(high).toBeCloseTo(0.3662, 4)
  })

  it('stays inside 0 to 1 where nothing or everything was right', () => {
    expect(wilsonInterval(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) as number })
    expect(wilsonInterval(29, 29)).toEqual({ low: expect.closeTo(0.8834, 3) as number, high: 1 })
  })

  it('says nothing when nothing was counted', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })
})
