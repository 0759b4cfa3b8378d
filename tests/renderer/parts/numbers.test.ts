// Marks of an axis carry only the decimals that one of them needs.
import { expect, test } from 'vitest'
import { shortenTogether } from '../../../src-renderer/parts/numbers.ts'

test('zeros that all marks of an axis end on are left out, with their units kept', () => {
  expect(shortenTogether(['0.0000', '0.5000', '1.0000'])).toEqual(['0.0', '0.5', '1.0'])
  expect(shortenTogether(['70.00 %', '80.00 %'])).toEqual(['70 %', '80 %'])
  expect(shortenTogether(['2.0 s', '3.0 s'])).toEqual(['2 s', '3 s'])
})

test('what one mark needs, all keep; whole numbers and powers stay as they are', () => {
  expect(shortenTogether(['0.2500', '1.0000'])).toEqual(['0.25', '1.00'])
  expect(shortenTogether(['59.0 s', '1 min 20 s'])).toEqual(['59.0 s', '1 min 20 s'])
  expect(shortenTogether(['1,000', '20'])).toEqual(['1,000', '20'])
  expect(shortenTogether(['1.00e-5', '1.00e-4'])).toEqual(['1.00e-5', '1.00e-4'])
  expect(shortenTogether([])).toEqual([])
})
