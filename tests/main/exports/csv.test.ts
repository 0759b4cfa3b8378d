import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { decodeCsv, encodeCsv } from '#main/exports/csv.ts'

const BEGINNINGS = ['=', '+', '-', '@', '\t=', '\r=', "'=", "''+"]
const TAILS = [
  ...['1+1', '1', 'SUM(A1:A9)', 'HYPERLINK("http://x.test")', "cmd|' /C calc'!A0", '1\n=2'],
  ...['A1&"x"', '1,=1', '"quoted"', ' 1'],
]
const FORMULAS = BEGINNINGS.flatMap((beginning) => TAILS.map((tail) => beginning + tail))

function encodeOne(value: unknown): string {
  return encodeCsv(['value'], [{ value }]).split('\n').slice(1).join('\n')
}

describe('CSV', () => {
  it('has the columns that are asked for, in that order, and nothing for what is missing', () => {
    const rows = [{ b: 2, a: 'one', c: 'unasked' }, { a: null }]
    expect(encodeCsv(['a', 'b'], rows)).toBe('a,b\none,2\n,')
  })

  it('quotes what would break a row', () => {
    expect(encodeOne('a "quoted", long\nname')).toBe('"a ""quoted"", long\nname"')
  })

  it(`lets none of ${FORMULAS.length} texts be a formula, in any column, and gives each back`, () => {
    expect(FORMULAS.length).toBeGreaterThanOrEqual(60)
    for (const text of FORMULAS) {
      const [row] = Papa.parse<string[]>(encodeOne(text), { newline: '\n' }).data
      expect(row).toEqual([`'${text}`])
      const table = encodeCsv(['a', 'b'], [{ a: text, b: text }])
      expect(decodeCsv(table)).toEqual([{ a: text, b: text }])
    }
  })

  it('leaves numbers numbers, also those below zero', () => {
    expect([encodeOne(-0.5), encodeOne(1e-7), encodeOne(0)]).toEqual(['-0.5', '1e-7', '0'])
  })

  it('gives back any text whole, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), (texts) => {
        const columns = texts.map((_, index) => `c${index}`)
        const row = Object.fromEntries(texts.map((text, index) => [`c${index}`, text]))
        const [, read] = Papa.parse<string[]>(encodeCsv(columns, [row]), { newline: '\n' }).data
        expect(read?.map((text) => text.replace(/^'(?='*[=+\-@\t\r])/, ''))).toEqual(texts)
      }),
    )
  })
})
