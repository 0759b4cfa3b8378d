// The box that one draws around a garment, in shares of the photo: drawn, moved, and resized by its handles. It never
// leaves the photo and never becomes too small to take hold of.
import type { CutOutEdit, PhotoPoint } from '#shared/preparation.ts'

export type Box = NonNullable<CutOutEdit['box']>

/** Which edges move with it: -1 the left or upper one, 1 the right or lower one, 0 none; 0 and 0 move the whole box. */
export interface BoxHandle {
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1
}

export const WHOLE: BoxHandle = { x: 0, y: 0 }
export const LOWER_RIGHT: BoxHandle = { x: 1, y: 1 }
export const HANDLES: readonly BoxHandle[] = ([-1, 0, 1] as const).flatMap((y) =>
  ([-1, 0, 1] as const).flatMap((x) => (x === 0 && y === 0 ? [] : [{ x, y }])),
)

export const LEAST_SIDE = 0.02
/** What a box begins with that is asked for by a key. */
export const FIRST_BOX: Box = { left: 0.1, top: 0.1, right: 0.9, bottom: 0.9 }

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

/** Between two corners, in any order, wherever they lie. */
export function spanBox([fromX, fromY]: PhotoPoint, [toX, toY]: PhotoPoint): Box {
  const [left, right] = spanSide(fromX, toX)
  const [top, bottom] = spanSide(fromY, toY)
  return { left, top, right, bottom }
}

function spanSide(from: number, to: number): readonly [number, number] {
  const low = clamp(Math.min(from, to), 0, 1 - LEAST_SIDE)
  return [low, clamp(Math.max(from, to), low + LEAST_SIDE, 1)]
}

/** Where the handle is, as a point of the photo. */
export function placeOf({ left, top, right, bottom }: Box, { x, y }: BoxHandle): PhotoPoint {
  return [left + ((right - left) * (x + 1)) / 2, top + ((bottom - top) * (y + 1)) / 2]
}

/** The box as it was when the drag began, after the pointer went so far. */
export function dragBox(box: Box, handle: BoxHandle, byX: number, byY: number): Box {
  const [left, right] = dragSide(box.left, box.right, handle, handle.x, byX)
  const [top, bottom] = dragSide(box.top, box.bottom, handle, handle.y, byY)
  return { left, top, right, bottom }
}

function dragSide(
  low: number,
  high: number,
  handle: BoxHandle,
  edge: -1 | 0 | 1,
  by: number,
): readonly [number, number] {
  if (edge === -1) return [clamp(low + by, 0, high - LEAST_SIDE), high]
  if (edge === 1) return [low, clamp(high + by, low + LEAST_SIDE, 1)]
  if (handle.x !== 0 || handle.y !== 0) return [low, high]
  const moved = clamp(by, -low, 1 - high)
  return [low + moved, Math.min(1, high + moved)]
}

/**
 * What a press takes hold of: a handle, the whole box from within it, or nothing.
 * @param reach how far from a handle a press still counts, in shares of width and height
 */
export function findHandle(box: Box, [x, y]: PhotoPoint, reach: PhotoPoint): BoxHandle | null {
  const near = HANDLES.find((handle) => {
    const [atX, atY] = placeOf(box, handle)
    return Math.abs(x - atX) <= reach[0] && Math.abs(y - atY) <= reach[1]
  })
  if (near !== undefined) return near
  return x > box.left && x < box.right && y > box.top && y < box.bottom ? WHOLE : null
}
