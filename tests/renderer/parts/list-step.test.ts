import { describe, expect, it } from 'vitest'
import { stepTo } from '../../../src-renderer/parts/list-step.ts'

const FIVE = { at: 2, last: 2, count: 5, page: 3 }

describe('a key in a list', () => {
  it.each([
    ['ArrowDown', 3],
    ['ArrowUp', 1],
    ['PageDown', 4],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 4],
    ['x', null],
  ])('%s moves from the third of five to the place %s', (key, place) => {
    expect(stepTo(key, FIVE)).toBe(place)
  })

  it.each([
    ['ArrowDown', 2],
    ['ArrowUp', 1],
  ])('%s goes on from where a row was that has left', (key, place) => {
    expect(stepTo(key, { ...FIVE, at: -1, count: 4 })).toBe(place)
  })

  it('stays in the list when the last row has left it', () => {
    expect(stepTo('ArrowDown', { ...FIVE, at: -1, last: 4, count: 4 })).toBe(3)
  })

  it('begins at the top, and moves nowhere where there is nothing', () => {
    expect(stepTo('PageDown', { ...FIVE, at: -1, last: -1 })).toBe(0)
    expect(stepTo('End', { ...FIVE, at: -1, last: -1, count: 0 })).toBeNull()
  })
})
