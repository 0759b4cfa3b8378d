import { describe, expect, it } from 'vitest'
import { type Mark, unmarked } from '#shared/marks.ts'
import {
  clearMarks,
  EVERY_ROW,
  filterRows,
  imagesToExclude,
  listRows,
  toggleExcluded,
  toggleSuggested,
} from '../../../src-renderer/pages/quality/quality-rows.ts'
import { FINDINGS, TRAIN_COUNT } from '../fake-quality.ts'

const groups = listRows(FINDINGS, 'duplicates')
const doubts = listRows(FINDINGS, 'labels')
const NOBODY = (): boolean => false

function keysOf(rows: readonly { readonly key: string }[]): string[] {
  return rows.map(({ key }) => key)
}

describe('The rows of the board', () => {
  it('are filtered by split, where a group counts for each split that it has images of', () => {
    const shown = (split: 'train' | 'test' | 'both') =>
      keysOf(filterRows(groups, { ...EVERY_ROW, split }, TRAIN_COUNT, NOBODY))
    expect([shown('train'), shown('test'), shown('both')]).toEqual([
      ['10 320', '30 31 32'],
      ['10 320'],
      ['10 320'],
    ])
  })

  it('are filtered by the class that the data names, of any of their images', () => {
    expect(keysOf(filterRows(groups, { ...EVERY_ROW, label: 6 }, TRAIN_COUNT, NOBODY))).toEqual(['30 31 32'])
    expect(keysOf(filterRows(doubts, { ...EVERY_ROW, label: 6 }, TRAIN_COUNT, NOBODY))).toEqual(['40', '42'])
  })

  it('are filtered by whether an image of them is marked', () => {
    const isMarked = (image: number): boolean => image === 31
    const shown = (marked: 'open' | 'marked') =>
      keysOf(filterRows(groups, { ...EVERY_ROW, marked }, TRAIN_COUNT, isMarked))
    expect([shown('marked'), shown('open')]).toEqual([['30 31 32'], ['10 320']])
  })

  it('exclude the training copies of a leak, and all but the first of other copies', () => {
    expect(groups.map((row) => imagesToExclude(row, TRAIN_COUNT))).toEqual([[10], [31, 32]])
  })
})

describe('A mark on rows', () => {
  it('excludes what is not excluded yet, and takes it back where all of it is', () => {
    const marks = new Map<number, Mark>([[31, { ...unmarked(31), excluded: true, note: 'seen' }]])
    const markOf = (image: number): Mark => marks.get(image) ?? unmarked(image)
    const changed = toggleExcluded(groups, TRAIN_COUNT, markOf)
    expect(changed.map(({ image, excluded }) => [image, excluded])).toEqual([
      [10, true],
      [31, true],
      [32, true],
    ])
    expect(changed[1]?.note).toBe('seen')
    for (const mark of changed) marks.set(mark.image, mark)
    expect(toggleExcluded(groups, TRAIN_COUNT, markOf).every(({ excluded }) => !excluded)).toBe(true)
  })

  it('takes each suggestion for right, and back again', () => {
    const marks = new Map<number, Mark>()
    const markOf = (image: number): Mark => marks.get(image) ?? unmarked(image)
    const changed = toggleSuggested(doubts, markOf)
    expect(changed.map(({ image, label }) => [image, label])).toEqual([
      [40, 0],
      [341, 4],
      [42, 4],
    ])
    for (const mark of changed) marks.set(mark.image, mark)
    expect(toggleSuggested(doubts, markOf).map(({ label }) => label)).toEqual([null, null, null])
  })

  it('is taken away only where there is one', () => {
    expect(clearMarks(groups, (image) => image === 32)).toEqual([unmarked(32)])
  })
})
