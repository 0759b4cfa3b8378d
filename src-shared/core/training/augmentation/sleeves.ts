// Long sleeves hang beside the body in the catalogue; in photos of clothes that lie, or that hang freely, they are spread.
// What stands beside the body is turned outwards about the shoulders, and the whole made to fit again.
import type { Random } from '../../random.ts'
import { boundSilhouette, SILHOUETTE, type Bounds } from './silhouette.ts'
import { sample } from './warp.ts'

/** Classes with long sleeves, by their names; a T-shirt's body would be taken for them. */
const SLEEVED = /pullover|coat|^shirt|sweater|jacket/i
const CHANCE = 0.4
const LARGEST_TURN = 0.75 // radians
const SMALLEST_TURN = 0.1
/** Half the body's breadth, as a share of that of the silhouette. */
const NARROWEST = 0.27
const WIDEST = 0.33
/** Where shoulders are, from the top, and how far above them something may still be sleeve, by the height. */
const SHOULDER = [0.1, 0.2] as const
const ABOVE_SHOULDER = 0.15
/** So far down, by the height, reach the outermost columns of a garment with long sleeves; and so wide it is at least. */
const LONG = 0.62
const WIDE = 0.6
const OUTERMOST = 0.12

/** 1 for each class whose things have long sleeves. */
export function findSleeved(classNames: readonly string[]): Uint8Array {
  return Uint8Array.from(classNames, (name) => (SLEEVED.test(name) ? 1 : 0))
}

/** Changes the image of a garment with long sleeves by chance; one without stays as it is. */
export function spreadSleeves(image: Float32Array, width: number, height: number, random: Random): void {
  if (random.uniform(0, 1) >= CHANCE) return
  const share = random.uniform(NARROWEST, WIDEST)
  const turn = random.uniform(SMALLEST_TURN, LARGEST_TURN)
  const turns = [turn * random.uniform(0.7, 1), turn * random.uniform(0.7, 1)] as const
  const fromTop = random.uniform(...SHOULDER)
  const bounds = boundSilhouette(image, width, height)
  if (!hasLongSleeves(image, width, bounds)) return
  const tall = bounds.bottom - bounds.top
  turnSleeves(image, width, height, {
    middle: (bounds.left + bounds.right - 1) / 2,
    half: share * (bounds.right - bounds.left),
    shoulder: bounds.top + fromTop * tall,
    highest: -ABOVE_SHOULDER * tall,
    turns,
  })
}

/** Where body and sleeves meet, in pixels, and how far the left and the right sleeve are turned. */
interface Joints {
  readonly middle: number
  readonly half: number
  readonly shoulder: number
  /** Of a sleeve, from the shoulder. */
  readonly highest: number
  readonly turns: readonly [number, number]
}

function turnSleeves(image: Float32Array, width: number, height: number, joints: Joints): void {
  const { middle, half, shoulder, highest, turns } = joints
  const source = image.slice()
  const scale = Math.min(1, width / (2 * measureReach(source, width, joints) + 1))
  const centreX = (width - 1) / 2
  const centreY = (height - 1) / 2
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const atX = (x - centreX) / scale + middle
      const atY = (y - centreY) / scale + centreY
      const side = atX < middle ? -1 : 1
      const jointX = middle + side * half
      const fromX = (atX - jointX) * side
      const fromY = atY - shoulder
      const isBody = fromX <= 0 || fromY < 0
      const body = isBody ? sample(source, width, height, atX, atY) : 0
      const angle = turns[side < 0 ? 0 : 1]
      const backX = fromX * Math.cos(angle) - fromY * Math.sin(angle)
      const backY = fromX * Math.sin(angle) + fromY * Math.cos(angle)
      const isSleeve = backX > 0 && backY > highest && (fromX > 0 || body <= SILHOUETTE)
      const sleeve = isSleeve ? sample(source, width, height, jointX + side * backX, shoulder + backY) : 0
      image[y * width + x] = Math.max(body, sleeve)
    }
}

/** How far from the middle the turned sleeves will reach. */
function measureReach(image: Float32Array, width: number, { middle, half, shoulder, turns }: Joints): number {
  let reach = half
  image.forEach((value, i) => {
    const offset = (i % width) - middle
    const fromX = Math.abs(offset) - half
    if (value <= SILHOUETTE || fromX < 0) return
    const fromY = Math.floor(i / width) - shoulder
    const angle = fromY < 0 ? 0 : turns[offset < 0 ? 0 : 1]
    reach = Math.max(reach, half + fromX * Math.cos(angle) + fromY * Math.sin(angle))
  })
  return reach
}

function hasLongSleeves(image: Float32Array, width: number, { left, right, top, bottom }: Bounds): boolean {
  const tall = bottom - top
  const breadth = right - left
  if (breadth <= 0 || breadth < tall * WIDE) return false
  const columns = Math.max(1, Math.round(breadth * OUTERMOST))
  const reachesDown = (from: number): boolean => {
    for (let y = Math.ceil(top + LONG * tall); y < bottom; y++)
      for (let x = from; x < from + columns; x++) if ((image[y * width + x] ?? 0) > SILHOUETTE) return true
    return false
  }
  return reachesDown(left) && reachesDown(right - columns)
}
