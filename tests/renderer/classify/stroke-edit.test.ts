import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CutOutEdit, cutOutEditSchema, type PhotoPoint } from '#shared/preparation.ts'
import {
  beginStroke,
  BRUSH,
  extendStroke,
  limitRadius,
  MOST_POINTS,
  MOST_STROKES,
} from '../../../src-renderer/pages/classify/stroke-edit.ts'

const anywhere = fc.double({ min: -1, max: 2, noNaN: true })
const point = fc.tuple(anywhere, anywhere)

function begin(edit: CutOutEdit, radius: number = BRUSH.first, at: PhotoPoint = [0.5, 0.5]): CutOutEdit {
  const begun = beginStroke(edit, 'garment', radius, at)
  if (begun === null) throw new Error('There was no room for a stroke.')
  return begun
}

describe('A stroke', () => {
  it('is what the contract takes, wherever the pointer goes and however thick the brush is', () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 60 }),
        fc.double({ noNaN: true }),
        (points, radius) => {
          const [first = [0, 0], ...others] = points
          const edit = others.reduce(extendStroke, begin({}, limitRadius(radius), first))
          expect(cutOutEditSchema.safeParse(edit).success).toBe(true)
        },
      ),
    )
  })

  it('leaves out points that draw nothing new', () => {
    const edit = begin({}, 0.1)
    expect(extendStroke(edit, [0.51, 0.5])).toBe(edit)
    expect(extendStroke(edit, [0.6, 0.5]).strokes?.[0]?.points).toEqual([
      [0.5, 0.5],
      [0.6, 0.5],
    ])
  })

  it('goes on as a new one when it is full, and ends when there are as many as can be', () => {
    const full: CutOutEdit = {
      strokes: [
        {
          ...{ kind: 'background', radius: 0.01 },
          points: Array.from({ length: MOST_POINTS }, () => [0, 0] as PhotoPoint),
        },
      ],
    }
    const on = extendStroke(full, [0.5, 0.5])
    expect(on.strokes?.map(({ kind, points }) => [kind, points.length])).toEqual([
      ['background', MOST_POINTS],
      ['background', 1],
    ])
    const many = {
      strokes: Array.from({ length: MOST_STROKES }, () => full.strokes?.[0]).filter(
        (one) => one !== undefined,
      ),
    }
    expect(beginStroke(many, 'garment', 0.02, [0, 0])).toBeNull()
    expect(extendStroke(many, [0.5, 0.5])).toBe(many)
    expect(cutOutEditSchema.safeParse(many).success).toBe(true)
  })

  it('keeps the box', () => {
    const box = { left: 0, top: 0, right: 1, bottom: 1 }
    expect(extendStroke(begin({ box }), [0.9, 0.9]).box).toEqual(box)
  })
})
