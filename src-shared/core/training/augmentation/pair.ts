// Shoes are photographed from above and in pairs too, while the dataset shows one of them from its side; this puts it as
// it is found on a floor: as a pair, seen from above or from the side. What shows between the straps of a sandal is its sole.
import type { Random } from '../../random.ts'
import { viewFromAbove } from './above.ts'
import { boundSilhouette, SILHOUETTE } from './silhouette.ts'
import { warpImage } from './warp.ts'

/** Classes whose things come in pairs, by their names. */
const PAIRED = /sandal|sneaker|boot|shoe/i
const CHANCE = 0.44
const PAIR_CHANCE = 0.85
const ABOVE_CHANCE = 0.8
const SOLE_CHANCE = 0.8
const MAX_TILT = 0.3 // radians

/** 1 for each class whose things come in pairs. */
export function findPaired(classNames: readonly string[]): Uint8Array {
  return Uint8Array.from(classNames, (name) => (PAIRED.test(name) ? 1 : 0))
}

/** Changes the image of a shoe by chance. */
export function standUp(image: Float32Array, width: number, height: number, random: Random): void {
  if (random.uniform(0, 1) >= CHANCE) return
  const isPair = random.uniform(0, 1) < PAIR_CHANCE
  if (random.uniform(0, 1) < ABOVE_CHANCE) layAbove(image, width, height, isPair, random)
  else layBeside(image, width, height, isPair, random)
}

/** How both shoes of a pair lie: their size, half the way between both, and whether they are mirror images. */
interface Place {
  readonly turn: number
  readonly scale: number
  readonly stepX: number
  readonly stepY: number
  readonly isMirrored: boolean
}

/** Upright beside each other, each the mirror image of the other. */
function layAbove(image: Float32Array, width: number, height: number, isPair: boolean, random: Random): void {
  if (random.uniform(0, 1) < SOLE_CHANCE) showSole(image, width, height, random.uniform(0.15, 0.9))
  const shoe = viewFromAbove(image, width, height, random)
  const distance = isPair ? shoe.breadth * random.uniform(0.95, 1.4) : 0
  const scale = Math.min(1, width / Math.max(1, shoe.breadth + distance))
  const step = (scale * distance) / 2 / width
  const place = { turn: 0, scale, stepX: step, stepY: random.uniform(-0.04, 0.04), isMirrored: true }
  layDown(shoe.image, image, { width, height, place, isPair }, random)
}

/** Lying on the ground, one before the other. */
function layBeside(
  image: Float32Array,
  width: number,
  height: number,
  isPair: boolean,
  random: Random,
): void {
  const { left, right } = boundSilhouette(image, width, height)
  const gap = isPair ? (random.uniform(0.1, 0.25) * Math.max(1, right - left)) / width : 0
  const scale = 1 / (1 + gap)
  const stepY = isPair ? random.uniform(0, 0.12) * scale : 0
  const place = { turn: random.uniform(-0.6, 0.6), scale, stepX: gap * scale, stepY, isMirrored: false }
  layDown(image.slice(), image, { width, height, place, isPair }, random)
}

interface Ground {
  readonly width: number
  readonly height: number
  readonly place: Place
  readonly isPair: boolean
}

/** One shoe or both, from `shoe` to `image`; the second one lies over the first. */
function layDown(
  shoe: Float32Array,
  image: Float32Array,
  { width, height, place, isPair }: Ground,
  random: Random,
): void {
  const copy = new Float32Array(image.length)
  image.fill(0)
  for (const side of isPair ? [-1, 1] : [0]) {
    const angle = place.turn + side * random.uniform(-MAX_TILT / 2, MAX_TILT)
    const mirror = place.isMirrored && side === 1 ? -1 : 1
    const cos = Math.cos(angle) / place.scale
    const sin = Math.sin(angle) / place.scale
    const shift = { shiftX: side * place.stepX, shiftY: side * place.stepY }
    warpImage(shoe, copy, width, height, { xx: mirror * cos, xy: mirror * sin, yx: -sin, yy: cos, ...shift })
    copy.forEach((value, i) => {
      if (value > SILHOUETTE) image[i] = value
    })
  }
}

/** Fills what lies between the highest and the lowest point of each column. */
function showSole(image: Float32Array, width: number, height: number, tone: number): void {
  for (let x = 0; x < width; x++) {
    let first = height
    let last = -1
    for (let y = 0; y < height; y++) {
      if ((image[y * width + x] ?? 0) <= SILHOUETTE) continue
      first = Math.min(first, y)
      last = y
    }
    for (let y = first; y < last; y++)
      if ((image[y * width + x] ?? 0) <= SILHOUETTE) image[y * width + x] = tone
  }
}
