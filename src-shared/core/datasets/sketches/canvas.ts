// The rasteriser: one 28x28 picture, filled shape by shape with exact area coverage of every pixel.
// Each edge leaves its signed area in the pixels it crosses; a running sum along the row then gives the
// coverage (the accumulation-buffer method of Raph Levien's font-rs).
import type { Layer } from './drawing.ts'
import { placeX, placeY, type Placement } from './placement.ts'
import { SIDE } from './size.ts'

/** One more than the picture: an edge at the right border leaves its rest there. */
const ROW = SIDE + 1

/** Below half a grey level of 255: what rounding leaves outside a shape. */
const NOTHING = 0.001

export class Canvas {
  /** Tones, row after row: 0 = background, 1 = ink. */
  readonly tones = new Float64Array(SIDE * SIDE)
  readonly #areas = new Float64Array(ROW * SIDE)
  #top = SIDE
  #bottom = 0

  clear(): void {
    this.tones.fill(0)
  }

  paint(layer: Layer, placement: Placement): void {
    const { outline } = layer
    // Each corner takes the edge from the corner before it; the first one closes the shape.
    const lastX = outline[outline.length - 2] ?? 0
    const lastY = outline[outline.length - 1] ?? 0
    let fromX = placeX(placement, lastX, lastY)
    let fromY = placeY(placement, lastX, lastY)
    for (let i = 0; i < outline.length; i += 2) {
      const toX = placeX(placement, outline[i] ?? 0, outline[i + 1] ?? 0)
      const toY = placeY(placement, outline[i] ?? 0, outline[i + 1] ?? 0)
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
    const lastRow = Math.min(SIDE - 1, Math.floor(bottomY))
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
    const right = Math.min(SIDE, Math.max(startX, endX))
    const width = right - left
    const lastColumn = Math.min(SIDE - 1, Math.floor(right))
    for (let column = Math.min(SIDE - 1, Math.floor(left)); column <= lastColumn; column++) {
      const from = Math.max(column, left)
      const to = Math.min(column + 1, right)
      const part = width > 0 ? (height * (to - from)) / width : height
      const beside = part * ((from + to) / 2 - column)
      const index = row * ROW + column
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
      for (let column = 0; column < SIDE; column++) {
        sum += areas[row * ROW + column] ?? 0
        const coverage = Math.min(1, Math.abs(sum)) * opacity
        if (coverage < NOTHING) continue
        const index = row * SIDE + column
        const below = tones[index] ?? 0
        const above = cloth === undefined ? tone : (cloth[index] ?? 0) * tone
        tones[index] = below + (above - below) * coverage
      }
    }
    areas.fill(0, this.#top * ROW, (this.#bottom + 1) * ROW)
    this.#top = SIDE
    this.#bottom = 0
  }
}
