import { describe, expect, it } from 'vitest'
import { parseExpression, writeExpression } from '../../../src-renderer/pages/runs/expression.ts'

describe('filters in writing', () => {
  it('are read and written back the same', () => {
    const text = 'model = tiny-vgg and learning-rate = 0.01, 0.1 and test-accuracy >= 80 %'
    expect(writeExpression(parseExpression(text))).toBe(text)
  })

  it('keep commas, quotes and the word and inside quotes', () => {
    const condition = { key: 'name', comparison: 'has', values: ['red, "new" and blue'] } as const
    const text = writeExpression([condition])
    expect(text).toBe('name has "red, ""new"" and blue"')
    expect(parseExpression(text)).toEqual([condition])
  })

  it('take the signs of mathematics too', () => {
    expect(parseExpression('test-accuracy ≥ 80%')).toEqual([
      { key: 'testAccuracy', comparison: '>=', values: ['80%'] },
    ])
  })

  it('are nothing when nothing is written', () => {
    expect(parseExpression('  ')).toEqual([])
  })

  it.each([
    ['model tiny-vgg', '“model tiny-vgg” is no condition'],
    ['modell = tiny-vgg', 'There is no column modell. Did you mean model?'],
    ['model = ', 'model = is compared with nothing'],
  ])('say what is wrong with %s', (text, message) => {
    expect(() => parseExpression(text)).toThrow(message)
  })
})
