import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumber, stepNumber, writeNumber } from '../../../src-renderer/pages/classify/number-text.ts'

const SHARE = { least: 0, most: 0.5, step: 0.01, scale: 100, isWhole: false }
const PIXELS = { least: 0, most: 8, step: 1, scale: 1, isWhole: true }

describe('a typed number', () => {
  it('is read in the unit that is shown, with a point or a comma', () => {
    expect(['5', '5.5', '5,5', ' 50 ', '.5'].map((text) => readNumber(text, SHARE))).toEqual([
      0.05, 0.055, 0.055, 0.5, 0.005,
    ])
  })

  it('is NaN outside of the limits, and where it is no number', () => {
    const texts = ['', ' ', '50.1', '-1', '5 %', '1e1', 'many', '1.2.3', 'NaN', 'Infinity']
    expect(texts.map((text) => readNumber(text, SHARE))).toEqual(texts.map(() => Number.NaN))
    expect(['2', '2.5', '9'].map((text) => readNumber(text, PIXELS))).toEqual([2, Number.NaN, Number.NaN])
  })

  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (tenThousandths) => {
        const value = tenThousandths / 10_000
        expect(readNumber(writeNumber(value, SHARE), SHARE)).toBe(value)
      }),
    )
    expect(writeNumber(Number.NaN, SHARE)).toBe('')
  })

  it('is shown with two digits after the point at most', () => {
    expect([0.12345678, 0.1, 0.125].map((value) => writeNumber(value, SHARE))).toEqual([
      '12.35',
      '10',
      '12.5',
    ])
  })

  it('steps within its limits, and without what floating point adds', () => {
    expect(stepNumber(0.29, 1, SHARE)).toBe(0.3)
    expect(stepNumber(0.5, 1, SHARE)).toBe(0.5)
    expect(stepNumber(0.005, -1, SHARE)).toBe(0)
  })
})
