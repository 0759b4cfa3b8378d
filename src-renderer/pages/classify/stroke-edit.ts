// Strokes of the brush, in shares of the photo. Points that add nothing are left out, and no stroke grows beyond what
// the contract takes.
import type { CutOutEdit, CutOutStroke, PhotoPoint } from '#shared/preparation.ts'

/** What cutOutEditSchema takes. */
export const MOST_POINTS = 2000
export const MOST_STROKES = 200

/** Half the width of the brush, as a share of the photo's longest side. */
export const BRUSH = { least: 0.005, most: 0.15, first: 0.02, step: 0.005 } as const
/** Points nearer than this share of the radius draw no other line. */
const SPACING = 0.3

export function limitPoint([x, y]: PhotoPoint): PhotoPoint {
  return [Math.max(0, Math.min(1, x)), Math.max(0, Math.min(1, y))]
}

export function limitRadius(radius: number): number {
  return Math.max(BRUSH.least, Math.min(BRUSH.most, Number(radius.toFixed(4))))
}

/** Null where there are as many strokes as can be. */
export function beginStroke(
  edit: CutOutEdit,
  kind: CutOutStroke['kind'],
  radius: number,
  point: PhotoPoint,
): CutOutEdit | null {
  const { strokes = [] } = edit
  if (strokes.length >= MOST_STROKES) return null
  return { ...edit, strokes: [...strokes, { kind, radius, points: [limitPoint(point)] }] }
}

/** The newest stroke goes on to this point; one that is full goes on as a new one. */
export function extendStroke(edit: CutOutEdit, point: PhotoPoint): CutOutEdit {
  const { strokes = [] } = edit
  const newest = strokes.at(-1)
  const last = newest?.points.at(-1)
  if (newest === undefined || last === undefined) return edit
  const [x, y] = limitPoint(point)
  if (Math.hypot(x - last[0], y - last[1]) < newest.radius * SPACING) return edit
  if (newest.points.length >= MOST_POINTS)
    return beginStroke(edit, newest.kind, newest.radius, [x, y]) ?? edit
  return { ...edit, strokes: [...strokes.slice(0, -1), { ...newest, points: [...newest.points, [x, y]] }] }
}
