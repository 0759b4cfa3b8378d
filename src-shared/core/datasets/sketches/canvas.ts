// The rasteriser: one picture of 28x28, or so many times larger, filled shape by shape with exact area coverage of every pixel.
// Each edge leaves its signed area in the pixels it crosses; a running sum along the row then gives the
// coverage (the accumulation-buffer method of Raph Levien's font-rs).
import type { Cloth } from './cloth.ts'
import type { Layer } from './drawing.ts'
import { placeX, placeY, type Placement } from './placement.ts'
import { SIDE } from './size.ts'

/** Below half a grey level of 255: what rounding leaves outside a shape. */
const NOTHING = 0.001

export class Canvas {
  /** Tones, row after row: 0 = background, 1 = ink. */
  readonly tones: Float64Array
  readonly side: number
  readonly #scale: number
  /** One more than the picture: an edge at the right border leaves its rest there. */
  readonly #row: number
  readonly #areas: Float64Array
  #top: number
  #bottom = 0

  /** @param scale a whole number: how many pixels a pixel of the dataset's pictures becomes in each direction */
  constructor(scale = 1) {
    this.#scale = scale
    this.side = SIDE * scale
    this.#row = this.side + 1
    this.tones = new Float64Array(this.side * this.side)
    this.#areas = new Float64Array(this.#row * this.side)
    this.#top = this.side
  }

  clear(): void {
    this.tones.fill(0)
  }

  paint(layer: Layer, placement: Placement): void {
    const { outline } = layer
    const scale = this.#scale
    // Each corner takes the edge from the corner before it; the first one closes the shape.
    const lastX = outline[outline.length - 2] ?? 0
    const lastY = outline[outline.length - 1] ?? 0
    let fromX = scale * placeX(placement, lastX, lastY)
    let fromY = scale * placeY(placement, lastX, lastY)
    for (let i = 0; i < outline.length; i += 2) {
      const toX = scale * placeX(placement, outline[i] ?? 0, outline[i + 1] ?? 0)
      const toY = scale * placeY(placement, outline[i] ?? 0, outline[i + 1] ?? 0)
      this.#addEdge(fromX, fromY, toX, toY)
      fromX = toX
      fromY = toY
    }
    this.#blend(layer)
  }

  /** Cuts an edge at the rows of pixels. */
  #addEdge(fromX: number, fromY: number, toX: number, toY: number): void {
    if (fromY === toY) return
    const direction = fromY < toY ? 1 : -1
    const topX = direction > 0 ? fromX : toX
    const topY = Math.min(fromY, toY)
    const bottomY = Math.max(fromY, toY)
    const slope = (toX - fromX) / (toY - fromY)
    const lastRow = Math.min(this.side - 1, Math.floor(bottomY))
    this.#top = Math.min(this.#top, Math.floor(topY))
    this.#bottom = Math.max(this.#bottom, lastRow)
    for (let row = Math.floor(topY); row <= lastRow; row++) {
      const upper = Math.max(row, topY)
      const lower = Math.min(row + 1, bottomY)
      this.#addSlice(
        row,
        topX + (upper - topY) * slope,
        topX + (lower - topY) * slope,
        direction * (lower - upper),
      )
    }
  }

  /** Cuts the part of an edge within one row at the columns of pixels, and leaves the areas. */
  #addSlice(row: number, startX: number, endX: number, height: number): void {
    const areas = this.#areas
    const left = Math.max(0, Math.min(startX, endX))
    const right = Math.min(this.side, Math.max(startX, endX))
    const width = right - left
    const lastColumn = Math.min(this.side - 1, Math.floor(right))
    for (let column = Math.min(this.side - 1, Math.floor(left)); column <= lastColumn; column++) {
      const from = Math.max(column, left)
      const to = Math.min(column + 1, right)
      const part = width > 0 ? (height * (to - from)) / width : height
      const beside = part * ((from + to) / 2 - column)
      const index = row * this.#row + column
      areas[index] = (areas[index] ?? 0) + part - beside
      areas[index + 1] = (areas[index + 1] ?? 0) + beside
    }
  }

  /** Turns the areas into coverage, lays the layer's tones over the picture and empties the areas. */
  #blend({ cloth, tone, opacity }: Layer): void {
    const { tones } = this
    const areas = this.#areas
    for (let row = this.#top; row <= this.#bottom; row++) {
      let sum = 0
      for (let column = 0; column < this.side; column++) {
        sum += areas[row * this.#row + column] ?? 0
        const coverage = Math.min(1, Math.abs(sum)) * opacity
        if (coverage < NOTHING) continue
        const index = row * this.side + column
        const below = tones[index] ?? 0
        const above = cloth === undefined ? tone : clothAt(cloth, column, row, this.#scale) * tone
        tones[index] = below + (above - below) * coverage
      }
    }
    areas.fill(0, this.#top * this.#row, (this.#bottom + 1) * this.#row)
    this.#top = this.side
    this.#bottom = 0
  }
}

/** Cloth is as fine as the dataset's pictures; between its pixels a larger picture has what lies between. */
function clothAt(cloth: Cloth, column: number, row: number, scale: number): number {
  if (scale === 1) return cloth[row * SIDE + column] ?? 0
  const x = Math.max(0, Math.min(SIDE - 1, (column + 0.5) / scale - 0.5))
  const y = Math.max(0, Math.min(SIDE - 1, (row + 0.5) / scale - 0.5))
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const right = Math.min(SIDE - 1, left + 1)
  const below = Math.min(SIDE - 1, top + 1) * SIDE
  const blend = (from: number, to: number, share: number): number => from + (to - from) * share
  const upper = blend(cloth[top * SIDE + left] ?? 0, cloth[top * SIDE + right] ?? 0, x - left)
  const lower = blend(cloth[below + left] ?? 0, cloth[below + right] ?? 0, x - left)
  return blend(upper, lower, y - top)
}
