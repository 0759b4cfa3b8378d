import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Box,
  dragBox,
  findHandle,
  HANDLES,
  LEAST_SIDE,
  LOWER_RIGHT,
  placeOf,
  spanBox,
  WHOLE,
} from '../../../src-renderer/pages/classify/box-edit.ts'

const anywhere = fc.double({ min: -2, max: 3, noNaN: true })
const point = fc.tuple(anywhere, anywhere)
const anyBox = fc.tuple(point, point).map(([from, to]) => spanBox(from, to))
const handle = fc.constantFrom(...HANDLES, WHOLE)

function expectWithin({ left, top, right, bottom }: Box): void {
  for (const side of [left, top, right, bottom]) {
    expect(side).toBeGreaterThanOrEqual(0)
    expect(side).toBeLessThanOrEqual(1)
  }
  expect(right - left).toBeGreaterThan(LEAST_SIDE - 1e-9)
  expect(bottom - top).toBeGreaterThan(LEAST_SIDE - 1e-9)
}

describe('A box', () => {
  it('lies within the photo and has a size, wherever it is drawn or dragged', () => {
    fc.assert(
      fc.property(point, point, handle, anywhere, anywhere, (from, to, hold, byX, byY) => {
        const box = spanBox(from, to)
        expectWithin(box)
        expectWithin(dragBox(box, hold, byX, byY))
      }),
    )
  })

  it('is the same from whichever corner it is drawn', () => {
    fc.assert(
      fc.property(point, point, ([fromX, fromY], [toX, toY]) => {
        expect(spanBox([fromX, fromY], [toX, toY])).toEqual(spanBox([toX, fromY], [fromX, toY]))
      }),
    )
  })

  it('keeps its size when it is moved, also against an edge', () => {
    fc.assert(
      fc.property(anyBox, anywhere, anywhere, (box, byX, byY) => {
        const moved = dragBox(box, WHOLE, byX, byY)
        expect(moved.right - moved.left).toBeCloseTo(box.right - box.left, 9)
        expect(moved.bottom - moved.top).toBeCloseTo(box.bottom - box.top, 9)
      }),
    )
    expect(dragBox({ left: 0.2, top: 0.2, right: 0.5, bottom: 0.5 }, WHOLE, -1, 0.25)).toEqual({
      ...{ left: 0, right: 0.3, top: 0.45, bottom: 0.75 },
    })
  })

  it('moves only the edges that a handle holds', () => {
    const box = { left: 0.2, top: 0.2, right: 0.6, bottom: 0.6 }
    expect(dragBox(box, { x: -1, y: 0 }, 0.1, 0.1)).toEqual({ ...box, left: 0.30000000000000004 })
    expect(dragBox(box, { x: 0, y: 1 }, 0.1, 0.25)).toEqual({ ...box, bottom: 0.85 })
    expect(dragBox(box, LOWER_RIGHT, -1, -1)).toEqual({ ...box, right: 0.22, bottom: 0.22 })
  })

  it('is taken by a handle near it, by its inside, and not from outside', () => {
    fc.assert(
      fc.property(handle, (hold) => {
        const box = { left: 0.2, top: 0.2, right: 0.8, bottom: 0.8 }
        expect(findHandle(box, placeOf(box, hold), [0.02, 0.02])).toEqual(hold)
      }),
    )
    const box = { left: 0.2, top: 0.2, right: 0.8, bottom: 0.8 }
    expect(findHandle(box, [0.1, 0.5], [0.02, 0.02])).toBeNull()
    expect(findHandle(box, [0.4, 0.3], [0.02, 0.02])).toEqual(WHOLE)
  })
})
