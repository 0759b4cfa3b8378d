// Shoes are photographed from above and in pairs too, while the dataset shows one of them from its side; this puts it as
// it is found on a floor: on end, or as a pair.
import type { Random } from '../../random.ts'
import { warpImage } from './warp.ts'

/** Classes whose things come in pairs, by their names. */
const PAIRED = /sandal|sneaker|boot|shoe/i
const CHANCE = 0.4
const PAIR_CHANCE = 0.85
const UPRIGHT_CHANCE = 0.75
const SILHOUETTE = 0.04
const MAX_TILT = 0.3 // radians

/** 1 for each class whose things come in pairs. */
export function findPaired(classNames: readonly string[]): Uint8Array {
  return Uint8Array.from(classNames, (name) => (PAIRED.test(name) ? 1 : 0))
}

/** Changes the image by chance. */
export function standUp(image: Float32Array, width: number, height: number, random: Random): void {
  const chance = random.uniform(0, 1)
  if (chance >= CHANCE) return
  const size = measureSilhouette(image, width)
  const source = image.slice()
  const copy = new Float32Array(image.length)
  const isPair = random.uniform(0, 1) < PAIR_CHANCE
  const isUpright = random.uniform(0, 1) < UPRIGHT_CHANCE
  const turn = isUpright ? Math.PI / 2 : random.uniform(-0.6, 0.6)
  const side = random.uniform(0, 1) < 0.5 ? -1 : 1
  // Upright, the two stand beside each other; lying, one lies before the other.
  const step = isUpright ? size.height / 2 / width : random.uniform(0.1, 0.25)
  const gap = isPair ? step * random.uniform(0.85, 1.2) : 0
  const reach = isUpright ? Math.max(size.width, isPair ? 2 * size.height : 0) : size.width * (1 + gap)
  const scale = Math.min(1, width / reach)
  image.fill(0)
  for (const place of isPair ? [-1, 1] : [0]) {
    const angle = side * turn + place * random.uniform(-MAX_TILT / 3, MAX_TILT)
    // The other one of a pair is its mirror image across the line between both.
    const mirror = isUpright ? 1 : 0
    const acrossY = mirror === 1 && place === 1 ? -1 : 1
    const cos = Math.cos(angle) / scale
    const sin = Math.sin(angle) / scale
    const down = isUpright ? 0 : place * random.uniform(0, 0.12)
    warpImage(source, copy, width, height, {
      xx: cos,
      xy: sin,
      yx: -sin * acrossY,
      yy: cos * acrossY,
      shiftX: place * gap * scale,
      shiftY: down * scale,
    })
    copy.forEach((value, i) => {
      if (value > SILHOUETTE) image[i] = value
    })
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
  return { width: Math.max(0, right - left), height: bottom - Math.max(0, top) }
}
