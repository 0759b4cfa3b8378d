import { expect, it } from 'vitest'
import { parseNumber, parseWholeNumber } from '#main/terminal/parse-number.ts'

it.each([
  ['0.1', 0.1],
  ['1e-3', 0.001],
  ['-2', -2],
  ['32', 32],
])('%s is a number', (text, number) => {
  expect(parseNumber('rate', text)).toBe(number)
})

it.each(['', ' ', 'abc', '1,5', '0x', 'NaN', 'Infinity', '1 2'])('%j is no number', (text) => {
  expect(() => parseNumber('rate', text)).toThrow(`--rate wants a number, found ${JSON.stringify(text)}.`)
})

it('a whole number has no fraction', () => {
  expect(parseWholeNumber('epochs', '3')).toBe(3)
  expect(() => parseWholeNumber('epochs', '2.5')).toThrow('--epochs wants a whole number, found "2.5".')
})
