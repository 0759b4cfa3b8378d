// What a cut-out gets wrong: pieces of background that were taken for garment, at the edges, and pieces of the garment
// that were taken for background.
import type { Random } from '../../random.ts'

const REMNANT_CHANCE = 0.2
const HOLE_CHANCE = 0.12
const MOST = 3
/** Of a side of the image. */
const LARGEST = 0.35
const LARGEST_HOLE = 0.25

export function leaveRemnants(image: Float32Array, width: number, height: number, random: Random): void {
  if (random.uniform(0, 1) < REMNANT_CHANCE) {
    const count = 1 + random.below(MOST)
    for (let i = 0; i < count; i++) leaveOne(image, width, height, random)
  }
  if (random.uniform(0, 1) < HOLE_CHANCE) {
    const middleX = random.uniform(0, width)
    const middleY = random.uniform(0, height)
    const across = random.uniform(1, LARGEST_HOLE * width)
    const down = random.uniform(1, LARGEST_HOLE * height)
    paint(image, width, height, { middleX, middleY, across: across / 2, down: down / 2, tone: 0 })
  }
}

/** An ellipse whose middle lies on one of the four edges. */
function leaveOne(image: Float32Array, width: number, height: number, random: Random): void {
  const edge = random.below(4)
  const along = random.uniform(0, 1)
  const middleX = edge === 0 ? 0 : edge === 1 ? width - 1 : along * width
  const middleY = edge === 2 ? 0 : edge === 3 ? height - 1 : along * height
  const across = random.uniform(0.5, (LARGEST * width) / 2)
  const down = random.uniform(0.5, (LARGEST * height) / 2)
  paint(image, width, height, { middleX, middleY, across, down, tone: random.uniform(0.1, 1) })
}

interface Ellipse {
  readonly middleX: number
  readonly middleY: number
  readonly across: number
  readonly down: number
  readonly tone: number
}

function paint(image: Float32Array, width: number, height: number, ellipse: Ellipse): void {
  const { middleX, middleY, across, down, tone } = ellipse
  const top = Math.max(0, Math.floor(middleY - down))
  const bottom = Math.min(height - 1, Math.ceil(middleY + down))
  const left = Math.max(0, Math.floor(middleX - across))
  const right = Math.min(width - 1, Math.ceil(middleX + across))
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const isInside = ((x - middleX) / across) ** 2 + ((y - middleY) / down) ** 2 <= 1
      if (isInside) image[y * width + x] = tone
    }
}
