// A shoe as it is seen from above, made from its picture from the side: what the side shows is drawn out to the breadth of
// a shoe, rounded, and looked at from before or from behind, at a slant. So a shaft becomes high, and straps lie across.
import type { Random } from '../../random.ts'
import { boundSilhouette, SILHOUETTE, type Bounds } from './silhouette.ts'
import { sample } from './warp.ts'

/** How steeply the camera looks down, in radians: pi / 2 is straight from above. */
const FLATTEST = 0.75
const STEEPEST = 1.45
/** Half the breadth of a shoe by its length. */
const NARROWEST = 0.18
const WIDEST = 0.26
/** How a shoe is rounded from side to side: 2 is an ellipse, more is more of a box. */
const ROUNDEST = 1.8
const BOXIEST = 3.5
const TOE_NEAR_CHANCE = 0.6
/** Closed shoes show their inside where they are highest. */
const OPEN_CHANCE = 0.7
const OPEN_FROM = 0.85
const OPEN_BREADTH = 0.7
/** Fainter than this is what lies between two things, and not drawn. */
const FAINTEST = 0.1
/** Samples by pixel, along each direction. */
const FINE = 2

export interface ShoeFromAbove {
  /** [height, width]: one shoe, upright, in the middle. */
  readonly image: Float32Array
  /** Of that shoe, in pixels. */
  readonly breadth: number
}

/** How the camera and the shoe are. */
interface Scene {
  /** What a pixel of height and of depth becomes in the picture. */
  readonly up: number
  readonly near: number
  readonly slimness: number
  readonly isToeNear: boolean
  readonly boxiness: number
  /** The tone of the inside; 0 for a shoe whose inside is not seen. */
  readonly inside: number
}

/** The scene is drawn by chance; an image with nothing in it stays empty. */
export function viewFromAbove(
  side: Float32Array,
  width: number,
  height: number,
  random: Random,
): ShoeFromAbove {
  const scene = drawScene(random)
  const bounds = boundSilhouette(side, width, height)
  const length = bounds.right - bounds.left
  if (length <= 0) return { image: new Float32Array(side.length), breadth: 0 }
  const rise = (bounds.bottom - bounds.top) * scene.up
  const fit = Math.min(1, height / (length * scene.near + rise))
  const fine = new Float32Array(side.length * FINE * FINE)
  drawSlices({ side, width, height, bounds }, scene, fit, fine)
  return { image: averageFine(fine, width, height), breadth: 2 * scene.slimness * length * fit }
}

function drawScene(random: Random): Scene {
  const elevation = random.uniform(FLATTEST, STEEPEST)
  const slimness = random.uniform(NARROWEST, WIDEST)
  const isToeNear = random.uniform(0, 1) < TOE_NEAR_CHANCE
  const boxiness = random.uniform(ROUNDEST, BOXIEST)
  const isOpen = random.uniform(0, 1) < OPEN_CHANCE
  const inside = random.uniform(0.3, 1)
  return {
    ...{ up: Math.cos(elevation), near: Math.sin(elevation), slimness, isToeNear, boxiness },
    inside: isOpen ? inside : 0,
  }
}

interface SideView {
  readonly side: Float32Array
  readonly width: number
  readonly height: number
  readonly bounds: Bounds
}

/** Slices across the shoe, from the farthest to the nearest: what is nearer covers what is behind it. */
function drawSlices(view: SideView, scene: Scene, fit: number, fine: Float32Array): void {
  const { width, height, bounds } = view
  const { left, right, top, bottom } = bounds
  const length = right - left
  const tall = bottom - top
  const tops = measureTops(view)
  const isToeLeft = meanOf(tops, left, left + length / 3) <= meanOf(tops, right - length / 3, right)
  const middle = ((length * scene.near - tall * scene.up) * fit) / 2
  for (let slice = 0; slice < length * FINE; slice++) {
    const depth = (slice + 0.5) / FINE
    const along = scene.isToeNear ? 1 - depth / length : depth / length // 0 toe, 1 heel
    const column = left + (isToeLeft ? along : 1 - along) * (length - 1)
    const high = between(tops, column)
    if (high < 0.5) continue
    const reach = scene.slimness * length * outlineAt(along)
    const isOpen = scene.inside > 0 && high > tall * OPEN_FROM
    for (let across = -reach; across <= reach; across += 1 / FINE) {
      const aside = Math.abs(across / reach)
      const arch = (1 - aside ** scene.boxiness) ** (1 / scene.boxiness)
      const x = Math.floor((width / 2 + across * fit) * FINE)
      for (let level = 0; level <= high * arch; level += 1 / FINE) {
        const shown = Math.max(0.6, Math.min(high - 1.4, level / Math.max(0.05, arch)))
        const tone = sample(view.side, width, height, column, bottom - 0.5 - shown)
        if (tone <= FAINTEST) continue
        const isInside = isOpen && aside < OPEN_BREADTH && level > high * arch - 1
        const y = Math.floor((height / 2 + (depth * scene.near - level * scene.up) * fit - middle) * FINE)
        const isSeen = y >= 0 && y < height * FINE && x >= 0 && x < width * FINE
        if (isSeen) fine[y * width * FINE + x] = isInside ? scene.inside : tone
      }
    }
  }
}

/** Breadth of a shoe as a share of its greatest, from the toe (0) to the heel (1): round, a waist, round. */
function outlineAt(along: number): number {
  if (along < 0.3) return Math.sqrt(1 - 0.98 * ((0.3 - along) / 0.3) ** 2)
  const waist = 1 - 0.22 * Math.min(1, (along - 0.3) / 0.35)
  return along < 0.85 ? waist : waist * Math.sqrt(1 - 0.95 * ((along - 0.85) / 0.15) ** 2)
}

/** How high the silhouette is over each column, in pixels, a little smoothed. */
function measureTops({ side, width, bounds: { top, bottom } }: SideView): Float32Array {
  const tops = Float32Array.from({ length: width }, (_, x) => {
    for (let y = top; y < bottom; y++) if ((side[y * width + x] ?? 0) > SILHOUETTE) return bottom - y
    return 0
  })
  return tops.map((own, x) => (2 * own + (tops[x - 1] ?? own) + (tops[x + 1] ?? own)) / 4)
}

function meanOf(values: Float32Array, from: number, to: number): number {
  const part = values.subarray(Math.floor(from), Math.ceil(to))
  return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length)
}

function between(values: Float32Array, at: number): number {
  const left = Math.floor(at)
  return (1 - at + left) * (values[left] ?? 0) + (at - left) * (values[left + 1] ?? 0)
}

function averageFine(fine: Float32Array, width: number, height: number): Float32Array {
  const image = new Float32Array(width * height)
  fine.forEach((value, i) => {
    const x = Math.floor((i % (width * FINE)) / FINE)
    const y = Math.floor(i / (width * FINE * FINE))
    image[y * width + x] = (image[y * width + x] ?? 0) + value / FINE ** 2
  })
  return image
}
