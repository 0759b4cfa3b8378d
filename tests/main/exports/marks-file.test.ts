import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMarks, encodeMarks } from '#main/exports/marks-file.ts'
import type { Mark } from '#shared/marks.ts'

const IMAGES = { hash: 'd'.repeat(64), trainCount: 50, testCount: 10, classNames: ['T-shirt/top', 'Trouser'] }

const anyMarks: fc.Arbitrary<Mark[]> = fc.uniqueArray(
  fc.record({
    image: fc.nat(59),
    label: fc.option(fc.nat(1)),
    excluded: fc.boolean(),
    note: fc
      .oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('=1+1', "'=x", 'a "b", c', '-'))
      .map((note) => note.replace(/\r\n?/g, '\n').trim()),
  }),
  { selector: ({ image }) => image, maxLength: 20 },
)

describe('Files of marks', () => {
  it.each(['csv', 'json'] as const)('give back every mark as %s', (format) => {
    fc.assert(
      fc.property(anyMarks, (marks) => {
        expect(decodeMarks(encodeMarks(marks, IMAGES, format), IMAGES)).toEqual(marks)
      }),
    )
  })

  it('name images by split and place, and classes for people', () => {
    const marks = [{ image: 52, label: 1, excluded: true, note: 'legs' }]
    expect(encodeMarks(marks, IMAGES, 'csv')).toBe(
      'split,index,rightLabel,rightClass,excluded,note\ntest,2,1,Trouser,yes,legs\n',
    )
  })

  it('of other images are refused', () => {
    const text = encodeMarks([{ image: 1, label: 1, excluded: false, note: '' }], IMAGES, 'json')
    expect(() => decodeMarks(text, { ...IMAGES, hash: 'e'.repeat(64) })).toThrow(/other images/)
  })

  it.each([
    [
      'an image that is not there',
      'split,index,rightLabel,excluded,note\ntest,10,,yes,',
      /of which there are 10/,
    ],
    ['a class that is not there', 'split,index,rightLabel,excluded,note\ntest,1,7,no,', /class 7/],
    [
      'a split that is not there',
      'split,index,rightLabel,excluded,note\nvalidation,1,,yes,',
      /line 2, split/,
    ],
    ['a number that is none', 'split,index,rightLabel,excluded,note\ntrain,x,,yes,', /line 2, index/],
    ['another file', '{"runs":[]}', /not a file of marks/],
    ['half of a file', '{"format":"atelier-marks-1"', /not a file of marks/],
  ])('with %s are refused with the place', (_, text, reason) => {
    expect(() => decodeMarks(text, IMAGES)).toThrow(reason)
  })
})
