import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CutOutEdit } from '#shared/preparation.ts'
import {
  beginHistory,
  changeEdit,
  describeEdit,
  editOf,
  redoEdit,
  undoEdit,
} from '../../../src-renderer/pages/classify/edit-history.ts'

const boxAt = (left: number): CutOutEdit => ({ box: { left, top: 0, right: 1, bottom: 1 } })

describe('The history of what is drawn', () => {
  it('takes every step back and makes it again', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.9, noNaN: true }), { maxLength: 30 }), (lefts) => {
        const end = lefts.reduce(
          (history, left, step) => changeEdit(history, boxAt(left), `step ${step}`),
          beginHistory(null),
        )
        const back = lefts.reduce(undoEdit, end)
        expect(editOf(back)).toBeNull()
        expect(undoEdit(back)).toBe(back)
        const again = lefts.reduce(redoEdit, back)
        expect(again.present).toEqual(end.present)
        expect(redoEdit(again)).toBe(again)
      }),
    )
  })

  it('joins the changes of one gesture, but not across an undo', () => {
    let history = beginHistory(boxAt(0))
    for (const left of [0.1, 0.2, 0.3]) history = changeEdit(history, boxAt(left), 'drag 1')
    expect(history.past).toEqual([boxAt(0)])
    history = changeEdit(undoEdit(history), boxAt(0.4), 'drag 1')
    expect([history.past, history.present, history.future]).toEqual([[boxAt(0)], boxAt(0.4), []])
    history = changeEdit(history, boxAt(0.5), 'drag 2')
    expect(history.past).toEqual([boxAt(0), boxAt(0.4)])
  })

  it('forgets what was undone when something else is drawn, and takes no step for nothing', () => {
    const history = changeEdit(undoEdit(changeEdit(beginHistory(null), boxAt(0.1), 'a')), boxAt(0.2), 'b')
    expect(redoEdit(history)).toBe(history)
    expect(changeEdit(history, history.present, 'c')).toBe(history)
  })

  it('is null where nothing is drawn, also where all of it was taken away', () => {
    expect(editOf(beginHistory({ strokes: [] }))).toBeNull()
    expect(editOf(beginHistory(boxAt(0)))).toEqual(boxAt(0))
  })

  it('is told in words', () => {
    const stroke = { kind: 'garment', radius: 0.1, points: [[0, 0]] } as const
    const strokes = [{ ...stroke, points: [[0, 0] as [number, number]] }]
    expect(describeEdit({})).toBe('Nothing is drawn.')
    expect(describeEdit({ ...boxAt(0.125), strokes })).toBe(
      'Box from 13 to 100 % across and 0 to 100 % down. Strokes: 1 on the garment, 0 on the background.',
    )
  })
})
