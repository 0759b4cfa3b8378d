// The cheapest division of a picture's pixels into two sides: minimum cut by maximum flow on a grid with eight neighbours.
// Source: Boykov and Kolmogorov 2004, "An experimental comparison of min-cut/max-flow algorithms": two trees grow from the
// terminals until they touch, the path between them is saturated, and what it cut off is adopted again.

/** The steps to the eight neighbours of a pixel; direction `d` goes back by `7 - d`. */
export const NEIGHBOURS = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const
const DIRECTIONS = 8

const FREE = 0
const SOURCE = 1
const SINK = 2
/** What `parent` holds beside a direction. */
const TERMINAL = -1
const ORPHAN = -2
const EPSILON = 1e-9

export class GridCut {
  readonly #width: number
  readonly #count: number
  readonly #offsets: Int32Array
  /** What an arc can still carry: [pixel * 8 + direction]. */
  readonly #residual: Float64Array
  /** Above 0: what the source can still send to the pixel; below 0: what the pixel can still send to the sink. */
  readonly #terminal: Float64Array
  readonly #tree: Uint8Array
  readonly #parent: Int8Array
  readonly #active: number[] = []
  readonly #isActive: Uint8Array
  readonly #orphans: number[] = []

  constructor(width: number, height: number) {
    this.#width = width
    this.#count = width * height
    this.#offsets = Int32Array.from(NEIGHBOURS, ([x, y]) => y * width + x)
    this.#residual = new Float64Array(this.#count * DIRECTIONS)
    this.#terminal = new Float64Array(this.#count)
    this.#tree = new Uint8Array(this.#count)
    this.#parent = new Int8Array(this.#count).fill(ORPHAN)
    this.#isActive = new Uint8Array(this.#count)
  }

  /** What it costs to give this pixel to either side. */
  setCosts(pixel: number, costOnSourceSide: number, costOnSinkSide: number): void {
    this.#terminal[pixel] = costOnSinkSide - costOnSourceSide
  }

  /** What it costs to part a pixel from its neighbour in a direction; the neighbour must be inside the picture. */
  setParting(pixel: number, direction: number, cost: number): void {
    this.#residual[pixel * DIRECTIONS + direction] = cost
    this.#residual[this.#neighbour(pixel, direction) * DIRECTIONS + 7 - direction] = cost
  }

  /** 1 for every pixel on the side of the source. */
  cut(): Uint8Array {
    this.#plantTrees()
    let front = 0
    while (front < this.#active.length) {
      const pixel = this.#active[front] ?? 0
      const met = this.#tree[pixel] === FREE ? -1 : this.#grow(pixel)
      if (met < 0) {
        this.#isActive[pixel] = 0
        front += 1
        continue
      }
      const other = this.#neighbour(pixel, met)
      if (this.#tree[pixel] === SOURCE) this.#saturate(pixel, met)
      else this.#saturate(other, 7 - met)
      this.#adoptAll()
    }
    return this.#tree.map((tree) => (tree === SOURCE ? 1 : 0))
  }

  #plantTrees(): void {
    for (let pixel = 0; pixel < this.#count; pixel++) {
      const excess = this.#terminal[pixel] ?? 0
      if (Math.abs(excess) <= EPSILON) continue
      this.#tree[pixel] = excess > 0 ? SOURCE : SINK
      this.#parent[pixel] = TERMINAL
      this.#activate(pixel)
    }
  }

  #activate(pixel: number): void {
    if (this.#isActive[pixel] === 1) return
    this.#isActive[pixel] = 1
    this.#active.push(pixel)
  }

  /** Takes free neighbours into the pixel's tree. @returns the direction in which it met the other tree, or -1 */
  #grow(pixel: number): number {
    const tree = this.#tree[pixel] ?? FREE
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      if (!this.#isInside(pixel, direction)) continue
      const neighbour = this.#neighbour(pixel, direction)
      if (this.#capacity(pixel, direction, tree) <= EPSILON) continue
      const other = this.#tree[neighbour] ?? FREE
      if (other === FREE) {
        this.#tree[neighbour] = tree
        this.#parent[neighbour] = 7 - direction
        this.#activate(neighbour)
      } else if (other !== tree) return direction
    }
    return -1
  }

  /** What still fits along an arc in the way in which its tree carries: away from the source, towards the sink. */
  #capacity(pixel: number, direction: number, tree: number): number {
    if (tree === SOURCE) return this.#residual[pixel * DIRECTIONS + direction] ?? 0
    return this.#residual[this.#neighbour(pixel, direction) * DIRECTIONS + 7 - direction] ?? 0
  }

  /** Sends as much as fits from the source over the arc between both trees to the sink. */
  #saturate(from: number, direction: number): void {
    const to = this.#neighbour(from, direction)
    const amount = Math.min(
      this.#residual[from * DIRECTIONS + direction] ?? 0,
      this.#narrowest(from, SOURCE),
      this.#narrowest(to, SINK),
    )
    this.#push(from, direction, amount)
    this.#drain(from, SOURCE, amount)
    this.#drain(to, SINK, amount)
  }

  #narrowest(start: number, tree: number): number {
    let least = Number.POSITIVE_INFINITY
    let pixel = start
    for (let up = this.#parent[pixel] ?? ORPHAN; up >= 0; up = this.#parent[pixel] ?? ORPHAN) {
      const parent = this.#neighbour(pixel, up)
      least = Math.min(least, this.#capacity(parent, 7 - up, tree))
      pixel = parent
    }
    return Math.min(least, Math.abs(this.#terminal[pixel] ?? 0))
  }

  /** Takes the amount off every arc up to the terminal; arcs that are full now leave orphans. */
  #drain(start: number, tree: number, amount: number): void {
    let pixel = start
    for (let up = this.#parent[pixel] ?? ORPHAN; up >= 0; up = this.#parent[pixel] ?? ORPHAN) {
      const parent = this.#neighbour(pixel, up)
      if (tree === SOURCE) this.#push(parent, 7 - up, amount)
      else this.#push(pixel, up, amount)
      if (this.#capacity(parent, 7 - up, tree) <= EPSILON) this.#orphan(pixel)
      pixel = parent
    }
    const sign = tree === SOURCE ? 1 : -1
    const left = Math.abs(this.#terminal[pixel] ?? 0) - amount
    this.#terminal[pixel] = sign * Math.max(0, left)
    if (left <= EPSILON) this.#orphan(pixel)
  }

  #push(pixel: number, direction: number, amount: number): void {
    const forth = pixel * DIRECTIONS + direction
    const back = this.#neighbour(pixel, direction) * DIRECTIONS + 7 - direction
    this.#residual[forth] = (this.#residual[forth] ?? 0) - amount
    this.#residual[back] = (this.#residual[back] ?? 0) + amount
  }

  #orphan(pixel: number): void {
    this.#parent[pixel] = ORPHAN
    this.#orphans.push(pixel)
  }

  #adoptAll(): void {
    for (let pixel = this.#orphans.pop(); pixel !== undefined; pixel = this.#orphans.pop()) this.#adopt(pixel)
  }

  /** Finds a new parent for an orphan, or sets it free and makes orphans of its children. */
  #adopt(pixel: number): void {
    const tree = this.#tree[pixel] ?? FREE
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      if (!this.#isInside(pixel, direction)) continue
      const neighbour = this.#neighbour(pixel, direction)
      if (this.#tree[neighbour] !== tree) continue
      if (this.#capacity(neighbour, 7 - direction, tree) <= EPSILON || !this.#isRooted(neighbour)) continue
      this.#parent[pixel] = direction
      return
    }
    this.#release(pixel, tree)
  }

  #release(pixel: number, tree: number): void {
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      if (!this.#isInside(pixel, direction)) continue
      const neighbour = this.#neighbour(pixel, direction)
      if (this.#tree[neighbour] !== tree) continue
      if (this.#capacity(neighbour, 7 - direction, tree) > EPSILON) this.#activate(neighbour)
      if (this.#parent[neighbour] === 7 - direction) this.#orphan(neighbour)
    }
    this.#tree[pixel] = FREE
  }

  #isRooted(start: number): boolean {
    let pixel = start
    let up = this.#parent[pixel] ?? ORPHAN
    while (up >= 0) {
      pixel = this.#neighbour(pixel, up)
      up = this.#parent[pixel] ?? ORPHAN
    }
    return up === TERMINAL
  }

  #neighbour(pixel: number, direction: number): number {
    return pixel + (this.#offsets[direction] ?? 0)
  }

  #isInside(pixel: number, direction: number): boolean {
    return isInside(pixel, direction, this.#width, this.#count)
  }
}

/** Whether a pixel has a neighbour in a direction. */
export function isInside(pixel: number, direction: number, width: number, count: number): boolean {
  const [stepX, stepY] = NEIGHBOURS[direction] ?? [0, 0]
  const x = (pixel % width) + stepX
  const target = pixel + stepY * width
  return x >= 0 && x < width && target >= 0 && target < count
}
