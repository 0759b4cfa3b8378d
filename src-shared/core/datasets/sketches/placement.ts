// Where a drawing lies in the picture: Fashion-MNIST's own rule (trim, longest edge to 28, centre) with a
// little freedom, as photographers take it: a tilt, a size, a shift.
import type { Random } from '../../random.ts'
import type { Drawing } from './drawing.ts'
import { SIDE } from './size.ts'

/** x' = a x - b y + shiftX, y' = b x + a y + shiftY: a turn, a scale and a shift. */
export interface Placement {
  readonly a: number
  readonly b: number
  readonly shiftX: number
  readonly shiftY: number
}

/** Tangent of half the greatest tilt: about 3.4 degrees. */
const GREATEST_TILT = 0.03
/** Share of the picture that the longest edge of an item fills. */
const LEAST_SIZE = 0.86
/** Items lie at most so many pixels beside the centre. */
const GREATEST_SHIFT = 2

/** Fits a drawing into the picture, wholly inside. */
export function place(random: Random, drawing: Drawing): Placement {
  const tilt = random.uniform(-GREATEST_TILT, GREATEST_TILT)
  // Cosine and sine of a turn without either function: the rational points of the circle.
  const cosine = (1 - tilt * tilt) / (1 + tilt * tilt)
  const sine = (2 * tilt) / (1 + tilt * tilt)
  const { left, top, right, bottom } = tiltedBounds(drawing, cosine, sine)
  const size = SIDE * Math.min(1, random.uniform(LEAST_SIZE, 2 - LEAST_SIZE))
  const scale = size / Math.max(right - left, bottom - top)
  const freeX = SIDE - (right - left) * scale
  const freeY = SIDE - (bottom - top) * scale
  return {
    a: cosine * scale,
    b: sine * scale,
    shiftX: freeX * (0.5 + shift(random, freeX)) - left * scale,
    shiftY: freeY * (0.5 + shift(random, freeY)) - top * scale,
  }
}

/** A shift as a share of the free room, at most half of it: the item stays in the picture. */
function shift(random: Random, free: number): number {
  const most = Math.min(0.5, GREATEST_SHIFT / Math.max(1, free))
  return random.uniform(-most, most)
}

/** Where a point of the drawing lies in the picture; what sticks out is pressed to the border. */
export function placeX({ a, b, shiftX }: Placement, x: number, y: number): number {
  return Math.max(0, Math.min(SIDE, a * x - b * y + shiftX))
}

export function placeY({ a, b, shiftY }: Placement, x: number, y: number): number {
  return Math.max(0, Math.min(SIDE, b * x + a * y + shiftY))
}

/** The box around all that is drawn; holes draw nothing. */
function tiltedBounds(drawing: Drawing, cosine: number, sine: number) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { outline, tone } of drawing.layers) {
    if (tone === 0) continue
    for (let i = 0; i < outline.length; i += 2) {
      const x = cosine * (outline[i] ?? 0) - sine * (outline[i + 1] ?? 0)
      const y = sine * (outline[i] ?? 0) + cosine * (outline[i + 1] ?? 0)
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return { left, top, right, bottom }
}
