import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { encodeCsv } from '#main/exports/csv.ts'

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

  it.each(['=1+1', '=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1\n=2'])(
    'does not let the text %j be a formula',
    (text) => {
      const [row] = Papa.parse<string[]>(encodeOne(text), { newline: '\n' }).data
      expect(row).toEqual([`'${text}`])
    },
  )

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
