// Where the tiles of a grid stand. Pure numbers in CSS pixels: places are positions in the list of images, and `top` is
// how far the view is scrolled down in a grid of full height.

/** Browsers end a scrolled page near 33 million pixels; a longer grid is scrolled in larger steps. */
const MAX_HEIGHT = 12_000_000

export interface TileSize {
  /** The image alone. */
  readonly width: number
  readonly height: number
  /** Room for the text below it, 0 for none. */
  readonly caption: number
  readonly gap: number
}

export interface GridLayout extends TileSize {
  readonly count: number
  readonly columns: number
  readonly rows: number
  readonly viewWidth: number
  readonly viewHeight: number
  /** Of all rows. */
  readonly fullHeight: number
  /** What the scroll bar is told. */
  readonly scrollHeight: number
  /** From the left edge, so that the columns stand in the middle. */
  readonly left: number
}

export function layOut(count: number, tile: TileSize, viewWidth: number, viewHeight: number): GridLayout {
  const room = viewWidth - tile.gap
  const columns = Math.max(1, Math.floor(room / (tile.width + tile.gap)))
  const rows = Math.ceil(count / columns)
  const fullHeight = rows * rowHeight(tile) + tile.gap
  const used = columns * (tile.width + tile.gap) - tile.gap
  return {
    ...tile,
    count,
    columns,
    rows,
    viewWidth,
    viewHeight,
    fullHeight,
    scrollHeight: Math.min(fullHeight, MAX_HEIGHT),
    left: Math.max(tile.gap, Math.floor((viewWidth - used) / 2)),
  }
}

export function rowHeight({ height, caption, gap }: TileSize): number {
  return height + caption + gap
}

/** From the place of the scroll bar to the top of the view; the same unless the grid is very long. */
export function topOfScroll(layout: GridLayout, scrollTop: number): number {
  const { fullHeight, scrollHeight, viewHeight } = layout
  if (fullHeight === scrollHeight) return scrollTop
  return (scrollTop / (scrollHeight - viewHeight)) * (fullHeight - viewHeight)
}

export function scrollOfTop(layout: GridLayout, top: number): number {
  const { fullHeight, scrollHeight, viewHeight } = layout
  const inside = Math.max(0, Math.min(top, fullHeight - viewHeight))
  if (fullHeight === scrollHeight) return inside
  return (inside / (fullHeight - viewHeight)) * (scrollHeight - viewHeight)
}

/** The first and the last place in sight; the last is before the first when there is none. */
export function placesInSight(layout: GridLayout, top: number): { first: number; last: number } {
  const { columns, count, viewHeight } = layout
  const height = rowHeight(layout)
  const first = Math.max(0, Math.floor(top / height)) * columns
  const last = Math.min(count, Math.ceil((top + viewHeight) / height) * columns) - 1
  return { first, last }
}

/** The corner of a tile, from the upper left of the whole grid. */
export function cornerOf(layout: GridLayout, place: number): { left: number; top: number } {
  const { columns, left, width, gap } = layout
  return {
    left: left + (place % columns) * (width + gap),
    top: gap + Math.floor(place / columns) * rowHeight(layout),
  }
}

/** The place at a point of the whole grid, or -1 between tiles. */
export function placeAt(layout: GridLayout, x: number, y: number): number {
  const { columns, left, gap, width, count } = layout
  const column = Math.floor((x - left) / (width + gap))
  const row = Math.floor((y - gap) / rowHeight(layout))
  if (column < 0 || column >= columns || row < 0) return -1
  const place = row * columns + column
  const corner = cornerOf(layout, place)
  const isInside = x < corner.left + width && y < corner.top + rowHeight(layout) - gap
  return isInside && place < count ? place : -1
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Every place whose tile the box touches, ascending. */
export function placesInBox(layout: GridLayout, { left, top, right, bottom }: Box): number[] {
  const { columns, count, gap, width } = layout
  const height = rowHeight(layout)
  const firstColumn = Math.max(0, Math.ceil((left - layout.left - width) / (width + gap)))
  const lastColumn = Math.min(columns - 1, Math.floor((right - layout.left) / (width + gap)))
  const firstRow = Math.max(0, Math.ceil((top - height) / height))
  const lastRow = Math.floor((bottom - gap) / height)
  const places: number[] = []
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++) {
      const place = row * columns + column
      if (place < count) places.push(place)
    }
  return places
}

/** The top to scroll to so that a tile is in sight, no further than needed. */
export function revealTop(layout: GridLayout, place: number, top: number): number {
  const { gap, viewHeight } = layout
  const start = cornerOf(layout, place).top - gap
  const end = start + rowHeight(layout) + gap
  if (start < top) return start
  return end > top + viewHeight ? end - viewHeight : top
}

/** Where a key leads from a place, or null for a key that leads nowhere. */
export function placeOfKey(layout: GridLayout, key: string, place: number): number | null {
  const { columns, count, viewHeight } = layout
  const page = Math.max(1, Math.floor(viewHeight / rowHeight(layout)) - 1) * columns
  const last = count - 1
  if (key === 'Home') return 0
  if (key === 'End') return last
  const step = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -page,
    PageDown: page,
  }[key]
  if (step === undefined) return null
  if (place < 0) return 0
  const target = place + step
  if (Math.abs(step) === 1) return Math.max(0, Math.min(last, target))
  if (target < 0) return place % columns
  if (target <= last) return target
  const isInLastRow = Math.floor(place / columns) === layout.rows - 1
  return isInLastRow ? place : last
}
