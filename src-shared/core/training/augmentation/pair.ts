// Shoes are photographed from above and in pairs too, while the dataset shows one of them from its side; this puts it as
// it is found on a floor: on end, or as a pair. From above a shoe is narrower than it is high from its side, and what
// shows between the straps of a sandal is its sole.
import type { Random } from '../../random.ts'
import { warpImage, type Warp } from './warp.ts'

/** Classes whose things come in pairs, by their names. */
const PAIRED = /sandal|sneaker|boot|shoe/i
const CHANCE = 0.4
const PAIR_CHANCE = 0.85
const ABOVE_CHANCE = 0.75
const SOLE_CHANCE = 0.8
/** Width by length of a shoe from above. */
const NARROWEST = 0.34
const WIDEST = 0.52
const SILHOUETTE = 0.04
const MAX_TILT = 0.3 // radians

/** 1 for each class whose things come in pairs. */
export function findPaired(classNames: readonly string[]): Uint8Array {
  return Uint8Array.from(classNames, (name) => (PAIRED.test(name) ? 1 : 0))
}

/** Changes the image of a shoe by chance. */
export function standUp(image: Float32Array, width: number, height: number, random: Random): void {
  if (random.uniform(0, 1) >= CHANCE) return
  const isPair = random.uniform(0, 1) < PAIR_CHANCE
  const isAbove = random.uniform(0, 1) < ABOVE_CHANCE
  if (isAbove && random.uniform(0, 1) < SOLE_CHANCE) showSole(image, width, height, random.uniform(0.15, 0.9))
  const source = image.slice()
  const copy = new Float32Array(image.length)
  const size = measureSilhouette(image, width)
  const place = isAbove ? placeAbove(size, width, isPair, random) : placeBeside(size, width, isPair, random)
  image.fill(0)
  for (const side of isPair ? [-1, 1] : [0]) {
    warpImage(source, copy, width, height, drawPlace(place, side, random))
    copy.forEach((value, i) => {
      if (value > SILHOUETTE) image[i] = value
    })
  }
}

/** How both shoes of a pair lie: a turn, sizes along and across the shoe, and half the way between both. */
interface Place {
  readonly turn: number
  readonly along: number
  readonly across: number
  readonly stepX: number
  readonly stepY: number
  readonly isMirrored: boolean
}

type Size = ReturnType<typeof measureSilhouette>

/** On end, beside each other, each the mirror image of the other. */
function placeAbove(size: Size, width: number, isPair: boolean, random: Random): Place {
  const narrow = Math.min(1, (random.uniform(NARROWEST, WIDEST) * size.width) / Math.max(1, size.height))
  const breadth = size.height * narrow
  const scale = Math.min(1, width / Math.max(size.width, isPair ? 2 * breadth : breadth))
  const gap = isPair ? ((breadth / 2) * random.uniform(0.9, 1.35)) / width : 0
  const turn = random.uniform(0, 1) < 0.5 ? Math.PI / 2 : -Math.PI / 2
  return { turn, along: scale, across: scale * narrow, stepX: gap * scale, stepY: 0, isMirrored: true }
}

/** Lying, one before the other. */
function placeBeside(size: Size, width: number, isPair: boolean, random: Random): Place {
  const gap = isPair ? (random.uniform(0.1, 0.25) * size.width) / width : 0
  const scale = 1 / (1 + gap)
  const stepY = isPair ? random.uniform(0, 0.12) * scale : 0
  const turn = random.uniform(-0.6, 0.6)
  return { turn, along: scale, across: scale, stepX: gap * scale, stepY, isMirrored: false }
}

function drawPlace(place: Place, side: number, random: Random): Warp {
  const angle = place.turn + side * random.uniform(-MAX_TILT / 3, MAX_TILT)
  const mirror = place.isMirrored && side === 1 ? -1 : 1
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return {
    xx: cos / place.along,
    xy: sin / place.along,
    yx: (-sin * mirror) / place.across,
    yy: (cos * mirror) / place.across,
    shiftX: side * place.stepX,
    shiftY: side * place.stepY,
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

function measureSilhouette(image: Float32Array, width: number) {
  let left = width
  let right = 0
  let top = -1
  let bottom = 0
  image.forEach((value, i) => {
    if (value <= SILHOUETTE) return
    const x = i % width
    const y = Math.floor(i / width)
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    if (top < 0) top = y
    bottom = y + 1
  })
  return { width: Math.max(1, right - left), height: Math.max(1, bottom - Math.max(0, top)) }
}
