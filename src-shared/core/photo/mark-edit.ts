// A user's box and strokes as marks on the pixels of the working picture. Later strokes lie over earlier ones.
import type { CutOutEdit, CutOutStroke, PhotoPoint } from '../../preparation.ts'
import { SURE_BACKGROUND, SURE_GARMENT, UNKNOWN } from './grab-cut.ts'

/** UNKNOWN, SURE_GARMENT or SURE_BACKGROUND of each pixel; all unknown without an edit. */
export function markEdit({ box, strokes = [] }: CutOutEdit, width: number, height: number): Uint8Array {
  const known = new Uint8Array(width * height).fill(UNKNOWN)
  if (box !== undefined) {
    known.forEach((_, pixel) => {
      const x = ((pixel % width) + 0.5) / width
      const y = (Math.floor(pixel / width) + 0.5) / height
      const isInside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
      if (!isInside) known[pixel] = SURE_BACKGROUND
    })
  }
  for (const stroke of strokes) draw(known, width, height, stroke)
  return known
}

function draw(
  known: Uint8Array,
  width: number,
  height: number,
  { kind, radius, points }: CutOutStroke,
): void {
  const state = kind === 'garment' ? SURE_GARMENT : SURE_BACKGROUND
  const reach = Math.max(0.5, radius * Math.max(width, height))
  points.forEach((point, index) => {
    const previous = points[index - 1] ?? point
    drawLine(
      known,
      width,
      height,
      toPixels(previous, width, height),
      toPixels(point, width, height),
      reach,
      state,
    )
  })
}

function toPixels([x, y]: PhotoPoint, width: number, height: number): PhotoPoint {
  return [x * width, y * height]
}

/** Marks every pixel whose middle is within reach of the line. */
function drawLine(
  known: Uint8Array,
  width: number,
  height: number,
  [fromX, fromY]: PhotoPoint,
  [toX, toY]: PhotoPoint,
  reach: number,
  state: number,
): void {
  const top = Math.max(0, Math.floor(Math.min(fromY, toY) - reach))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(fromY, toY) + reach))
  const left = Math.max(0, Math.floor(Math.min(fromX, toX) - reach))
  const right = Math.min(width - 1, Math.ceil(Math.max(fromX, toX) + reach))
  const square = (toX - fromX) ** 2 + (toY - fromY) ** 2
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const along = ((x + 0.5 - fromX) * (toX - fromX) + (y + 0.5 - fromY) * (toY - fromY)) / (square || 1)
      const share = Math.max(0, Math.min(1, along))
      const distance = Math.hypot(
        x + 0.5 - fromX - share * (toX - fromX),
        y + 0.5 - fromY - share * (toY - fromY),
      )
      if (distance <= reach) known[y * width + x] = state
    }
}
