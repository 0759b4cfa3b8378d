import { describe, expect, it } from 'vitest'
import { decimals, duration, grouped, megabytes, percent } from '#main/terminal/numbers.ts'

it.each([
  [0, '0.00 %'],
  [0.87654, '87.65 %'],
  [1, '100.00 %'],
  [null, '-'],
  [undefined, '-'],
])('a share of %s is %s', (share, text) => {
  expect(percent(share)).toBe(text)
})

it.each([
  [0, '0:00'],
  [499, '0:00'],
  [500, '0:01'],
  [83_000, '1:23'],
  [3_599_499, '59:59'],
  [3_599_500, '1:00:00'],
  [3_723_000, '1:02:03'],
  [360_000_000, '100:00:00'],
  [null, '-'],
])('%s milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text)
})

describe('other numbers', () => {
  it('have five decimals unless asked otherwise, and a dash where there is none', () => {
    expect([decimals(0.1), decimals(2.3456789, 2), decimals(null), decimals(undefined)]).toEqual([
      '0.10000',
      '2.35',
      '-',
      '-',
    ])
  })

  it('are grouped in thousands, and bytes told in megabytes', () => {
    expect([grouped(1_133_860), grouped(999.6), megabytes(30_878_645)]).toEqual([
      '1,133,860',
      '1,000',
      '30.9 MB',
    ])
  })
})
