import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeLimits } from '#shared/setting-limits.ts'
import { SETTINGS, type Setting } from '#shared/settings.ts'
import { formatValueList, parseValueList } from '#shared/value-list.ts'

function settingOf(name: string): Setting {
  const setting = SETTINGS.find((one) => one.name === name)
  if (setting === undefined) throw new Error(`there is no setting ${name}`)
  return setting
}

const parse = (name: string, text: string) => parseValueList(settingOf(name), text)
const refusal = (name: string, text: string): string => {
  try {
    return `accepted as ${formatValueList(parse(name, text))}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the text of a field', () => {
  it.each([
    ['learningRate', '0.001, 0.01, 0.1', [0.001, 0.01, 0.1]],
    ['learningRate', '1e-3,.5, 2.', [0.001, 0.5, 2]],
    ['learningRate', '0.1, 0.2, ..., 0.5', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['learningRate', '0.0001, 0.001, 0.01, ..., 10', [0.0001, 0.001, 0.01, 0.1, 1, 10]],
    ['seed', '1..5', [1, 2, 3, 4, 5]],
    ['seed', '5..3, 9', [5, 4, 3, 9]],
    ['batchSize', '10, 20, ..., 50', [10, 20, 30, 40, 50]],
    ['batchSize', '8, 16, 32, …, 256', [8, 16, 32, 64, 128, 256]],
    ['trainImages', '500, 5000, all', [500, 5000, null]],
    ['pooling', 'max, average', ['max', 'average']],
    ['activateLogits', 'off, on', [false, true]],
    ['hiddenUnits', '10, 128-64', [[10], [128, 64]]],
    ['epochs', '3, 3, 1, 3', [3, 1]],
    ['epochs', '3,', [3]],
    ['epochs', '  ', []],
  ])('of %s, %j, is %j', (name, text, values) => {
    expect(parse(name, text)).toEqual(values)
  })

  it.each([
    ['learningRate', '0', 'Learning rate wants a number above 0, at most 100, found 0.'],
    ['learningRate', 'fast', 'Learning rate wants a number above 0, at most 100, found "fast".'],
    ['learningRate', '1..3', 'Learning rate has no ranges; write its values, such as 0.001, 0.01, 0.1.'],
    [
      'learningRate',
      '0,01',
      'Learning rate cannot read 01; a comma stands between two values, so write 5000 and 0.01.',
    ],
    [
      'trainImages',
      '5,000',
      'Training images cannot read 000; a comma stands between two values, so write 5000 and 0.01.',
    ],
    ['batchSize', '32.5', 'Batch size wants whole numbers, found 32.5.'],
    ['batchSize', '8,,32', 'Batch size wants a whole number from 1 to 8,192, found nothing.'],
    ['batchSize', 'all', 'Batch size wants a whole number from 1 to 8,192, found "all".'],
    ['batchSize', '10, ..., 50', 'Batch size needs two numbers before the dots, such as 10, 20, ..., 50.'],
    ['batchSize', '10, 20, ...', 'Batch size needs a last value after the dots, such as 10, 20, ..., 50.'],
    ['batchSize', '10, 20, ..., 55', 'Batch size does not reach 55 in these steps.'],
    ['batchSize', '10, 20, ..., 5', 'Batch size does not reach 5 in these steps.'],
    ['seed', '1..1000000', 'Seed has 1,000,000 values.'],
    ['pooling', 'median', 'Pooling wants max or average, found median.'],
    [
      'hiddenUnits',
      '128-0',
      'Hidden units wants sizes joined by hyphens, each a whole number from 1 to 4,096, found 128-0.',
    ],
  ])('of %s, %j, is refused: %s', (name, text, message) => {
    expect(refusal(name, text)).toBe(message)
  })

  it('comes back from the values that it stands for', () => {
    const values: Readonly<Record<string, fc.Arbitrary<string | number | boolean | null | number[]>>> = {
      learningRate: fc.double({ min: 1e-12, max: 100, noNaN: true }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      trainImages: fc.option(fc.integer({ min: 1, max: 10_000_000 })),
      hiddenUnits: fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 8 }),
      padding: fc.constantFrom('same', 'valid'),
      testEachEpoch: fc.boolean(),
    }
    for (const [name, arbitrary] of Object.entries(values)) {
      const lists = fc.uniqueArray(arbitrary, {
        minLength: 1,
        maxLength: 12,
        selector: (value) => String(value),
      })
      fc.assert(
        fc.property(lists, (list) => {
          expect(parse(name, formatValueList(list))).toEqual(list)
        }),
      )
    }
  })

  it('never makes more than it says, whatever is typed', () => {
    const text = fc
      .array(fc.constantFrom('0', '1', '9', '.', '..', '...', ',', ' ', '-', 'e', 'all'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.constantFrom('seed', 'learningRate', 'hiddenUnits', 'trainImages'),
        text,
        (name, typed) => {
          expect(refusal(name, typed)).toMatch(/\.$|^accepted/)
        },
      ),
    )
  })
})

describe('the limits of a setting', () => {
  it('are those of the schema, in words', () => {
    expect(
      ['learningRate', 'batchSize', 'trainImages', 'dropout', 'loss'].map((name) =>
        describeLimits(settingOf(name)),
      ),
    ).toEqual([
      'a number above 0, at most 100',
      'a whole number from 1 to 8,192',
      'a whole number from 1 to 10,000,000, or all',
      'a number from 0 to 0.95',
      '',
    ])
  })
})
