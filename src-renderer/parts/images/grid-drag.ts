// What the mouse does in a grid: a click chooses, with Ctrl one more, with Shift a range; dragging draws a box that
// chooses what it touches, and scrolls at the edges.
import { type Box, type GridLayout, placeAt, placesInBox } from './grid-layout.ts'
import type { ImageSelection } from './image-selection.svelte.ts'

/** How far the mouse moves before a press becomes a box. */
const BOX_BEGINS = 4
/** How near to an edge the view scrolls, and by how much a frame. */
const EDGE = 28
const EDGE_STEP = 24

export interface DragView {
  readonly layout: GridLayout
  readonly list: Uint32Array
  readonly selection: ImageSelection
  /** A point of the window in the coordinates of the whole grid. */
  readonly toGrid: (clientX: number, clientY: number) => { x: number; y: number }
  /** How far the window's point is beyond an edge: -1 above, 1 below, 0 inside. */
  readonly edge: (clientY: number, margin: number) => -1 | 0 | 1
  readonly scrollBy: (pixels: number) => void
  readonly showBox: (box: Box | null) => void
}

/** Follows a press of the main button until it is let go. */
export function followPress(event: PointerEvent, view: () => DragView): void {
  const { selection, list, layout, toGrid } = view()
  const start = toGrid(event.clientX, event.clientY)
  const image = list[placeAt(layout, start.x, start.y)]
  const isMore = event.ctrlKey || event.metaKey
  if (event.shiftKey && image !== undefined) {
    selection.extendTo(image, list, isMore)
    return
  }
  const before = isMore ? selection.chosen : new Set<number>()
  if (image !== undefined && isMore) selection.toggle(image)
  else if (image !== undefined) selection.choose(image)
  else if (!isMore) selection.clear()
  if (event.pointerType === 'mouse') followBox(event, start, before, view)
}

function followBox(
  press: PointerEvent,
  start: { readonly x: number; readonly y: number },
  before: ReadonlySet<number>,
  view: () => DragView,
): void {
  const end = new AbortController()
  let pointer: { clientX: number; clientY: number } = press
  let isBox = false
  let frame = 0

  const draw = (): void => {
    frame = 0
    const now = view()
    const edge = now.edge(pointer.clientY, EDGE)
    if (edge !== 0) now.scrollBy(edge * EDGE_STEP)
    const { x, y } = now.toGrid(pointer.clientX, pointer.clientY)
    const box = {
      left: Math.min(x, start.x),
      right: Math.max(x, start.x),
      top: Math.min(y, start.y),
      bottom: Math.max(y, start.y),
    }
    const touched = placesInBox(now.layout, box).map((place) => now.list[place] ?? 0)
    now.selection.set([...before, ...touched])
    now.showBox(box)
    if (edge !== 0) frame = requestAnimationFrame(draw)
  }
  const move = (event: PointerEvent): void => {
    pointer = event
    isBox ||= Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) > BOX_BEGINS
    if (isBox && frame === 0) frame = requestAnimationFrame(draw)
  }
  const finish = (): void => {
    end.abort()
    cancelAnimationFrame(frame)
    view().showBox(null)
  }
  addEventListener('pointermove', move, { signal: end.signal })
  addEventListener('pointerup', finish, { signal: end.signal })
  addEventListener('pointercancel', finish, { signal: end.signal })
}
