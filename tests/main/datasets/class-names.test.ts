import { describe, expect, it } from 'vitest'
import { parseClassNames } from '#main/datasets/class-names.ts'
import { refusal } from '../files/refusal.ts'

function parse(text: string): readonly string[] {
  return parseClassNames(new TextEncoder().encode(text), 'labels.txt')
}

describe('a list of class names', () => {
  it('has one name a line, whatever the lines end with', () => {
    const names = ['T-shirt/top', 'Größe 38', '着物', '=1+1']
    expect(parse(`\ufeff${names.join('\n')}`)).toEqual(names)
    expect(parse(`${names.join('  \r\n')}\r\n\r\n`)).toEqual(names)
  })

  it.each([
    ['no name', '', '2 to 256 class names, found 1'],
    ['one name', 'Shirt', '2 to 256 class names, found 1'],
    [
      '257 names',
      Array.from({ length: 257 }, (_, i) => `${i}`).join('\n'),
      '2 to 256 class names, found 257',
    ],
    ['an empty line', 'Shirt\n\nCoat', '1 to 100 characters, found 0'],
    ['a long line', `Shirt\n${'x'.repeat(101)}`, '1 to 100 characters, found 101'],
    ['a control character', 'Shirt\nCo\u001b[31mat', 'printable characters only, found Co\\u001b[31mat'],
    ['text that turns around', 'Shirt\n\u202eCoat', 'printable characters only, found \\u202eCoat'],
    ['a name twice', 'Shirt\nCoat\nShirt', 'different class names, found "Shirt" twice'],
  ])('is refused with %s', (_, text, sentence) => {
    expect(() => parse(text)).toThrow(/^labels\.txt/)
    expect(() => parse(text)).toThrow(
      refusal('invalid-file', `expected ${sentence}. Correct the names, one a line.`),
    )
  })

  it('is refused when it is not UTF-8', () => {
    const bytes = Uint8Array.of(0x53, 0x0a, 0xff, 0xfe)
    expect(() => parseClassNames(bytes, 'labels.txt')).toThrow(
      'labels.txt: expected text in UTF-8, found other bytes.',
    )
  })
})
