// Outlines as a pattern cutter draws them: lines and quadratic curves, flattened to points at once.
// x runs to the right, y down; garments are drawn in centimetres around x = 0.

/** The corners of a closed shape: x0, y0, x1, y1, ... */
export type Outline = readonly number[]

/** A 28x28 picture shows no more than this many corners of one curve. */
const CURVE_STEPS = 5

export class Pen {
  readonly #points: number[]

  constructor(x: number, y: number) {
    this.#points = [x, y]
  }

  line(x: number, y: number): this {
    this.#points.push(x, y)
    return this
  }

  /** A quadratic Bezier curve: (pullX, pullY) is the control point. */
  curve(pullX: number, pullY: number, x: number, y: number): this {
    const points = this.#points
    const startX = points[points.length - 2] ?? 0
    const startY = points[points.length - 1] ?? 0
    for (let step = 1; step <= CURVE_STEPS; step++) {
      const t = step / CURVE_STEPS
      const start = (1 - t) * (1 - t)
      const pull = 2 * t * (1 - t)
      const end = t * t
      points.push(start * startX + pull * pullX + end * x, start * startY + pull * pullY + end * y)
    }
    return this
  }

  /** The shape so far; its last corner is joined to its first. */
  close(): Outline {
    return this.#points
  }

  /** The shape so far and its mirror image on the left of x = 0, as one shape. */
  closeMirrored(): Outline {
    return [...this.#points, ...backwards(this.#points, -1)]
  }
}

export function box(left: number, top: number, right: number, bottom: number): Outline {
  return [left, top, right, top, right, bottom, left, bottom]
}

export function ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number): Outline {
  const [x, y, rx, ry] = [centreX, centreY, radiusX, radiusY]
  return new Pen(x + rx, y)
    .curve(x + rx, y + ry, x, y + ry)
    .curve(x - rx, y + ry, x - rx, y)
    .curve(x - rx, y - ry, x, y - ry)
    .curve(x + rx, y - ry, x + rx, y)
    .close()
}

/** The mirror image of a shape on the other side of x = 0. */
export function mirror(outline: Outline): Outline {
  return backwards(outline, -1)
}

/** A band of one width along a line of points: straps, handles, seams. */
export function band(points: Outline, width: number): Outline {
  const left: number[] = []
  const right: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    const alongX = (points[i + 2] ?? x) - (points[i - 2] ?? x)
    const alongY = (points[i + 3] ?? y) - (points[i - 1] ?? y)
    const length = Math.sqrt(alongX * alongX + alongY * alongY)
    const half = length > 0 ? width / 2 / length : 0
    left.push(x + alongY * half, y - alongX * half)
    right.push(x - alongY * half, y + alongX * half)
  }
  return [...left, ...backwards(right, 1)]
}

/** The points in reverse order, x multiplied by `side`. */
function backwards(points: Outline, side: 1 | -1): number[] {
  const reversed: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) reversed.push(side * (points[i] ?? 0), points[i + 1] ?? 0)
  return reversed
}
