// Pictures that are no garments, drawn as inputs: noise, gradients, stripes, digits and letters. To measure how many of
// them a judge flags; no judge is fitted to them.
import { Random } from '#shared/core/random.ts'

export const STRANGE_KINDS = ['noise', 'gradients', 'stripes', 'digits', 'letters'] as const
export type StrangeKind = (typeof STRANGE_KINDS)[number]

const SIDE = 28
const SIZE = SIDE * SIDE

/** Strokes from point to point on a grid of 2 x 4, such as 'A' = up, over, down, and the bar. */
const DIGITS = [
  '00 20 24 04 00',
  '01 10 14 04 24',
  '00 20 22 02 04 24',
  '00 20 22 02 22 24 04',
  '00 02 22 20 24',
  '20 00 02 22 24 04',
  '20 00 04 24 22 02',
  '00 20 14',
  '00 20 24 04 00 02 22',
  '22 02 00 20 24 04',
]
const LETTERS = [
  '04 10 24 13 03 23',
  '24 04 00 20 00 02 12',
  '04 00 20 00 02 12',
  '00 04 02 22 20 24',
  '00 04 02 20 02 24',
  '00 04 24',
  '04 00 12 20 24',
  '04 00 24 20',
  '00 20 10 14',
  '00 14 20',
  '00 04 12 24 20',
  '00 24 12 20 04',
  '00 12 20 12 14',
  '00 20 04 24',
  '04 00 20 22 02 24',
]

/** `count` inputs of 784 bytes of one kind, always the same for a seed. */
export function drawStrange(kind: StrangeKind, count: number, seed: number): Uint8Array {
  const random = new Random(seed)
  const inputs = new Uint8Array(count * SIZE)
  for (let i = 0; i < count; i++) inputs.set(drawOne(kind, random), i * SIZE)
  return inputs
}

function drawOne(kind: StrangeKind, random: Random): Uint8Array {
  switch (kind) {
    case 'noise':
      return Uint8Array.from({ length: SIZE }, () => random.below(256))
    case 'gradients':
      return drawWaves(random, (along) => along / 2 + 0.5)
    case 'stripes': {
      const width = random.uniform(0.08, 0.4)
      return drawWaves(random, (along) => (Math.sin((along / width) * Math.PI) > 0 ? 1 : 0))
    }
    case 'digits':
      return drawGlyph(DIGITS[random.below(DIGITS.length)] ?? '', random)
    case 'letters':
      return drawGlyph(LETTERS[random.below(LETTERS.length)] ?? '', random)
    default:
      return kind satisfies never
  }
}

/** @param toneAt 0..1 for a place from -1 to 1 along a direction drawn by chance */
function drawWaves(random: Random, toneAt: (along: number) => number): Uint8Array {
  const angle = random.uniform(0, Math.PI)
  const low = random.uniform(0, 90)
  const high = random.uniform(150, 255)
  return Uint8Array.from({ length: SIZE }, (_, i) => {
    const x = (i % SIDE) / 13.5 - 1
    const y = Math.floor(i / SIDE) / 13.5 - 1
    const along = (x * Math.cos(angle) + y * Math.sin(angle)) / Math.SQRT2
    return low + (high - low) * toneAt(along)
  })
}

function drawGlyph(strokes: string, random: Random): Uint8Array {
  const pen = random.uniform(1, 2.2)
  const breadth = random.uniform(5, 9)
  const height = random.uniform(5, 6.2)
  const points = strokes.split(' ').map((point) => {
    const x = 14 + (Number(point[0]) - 1) * breadth
    const y = 14 + (Number(point[1]) - 2) * height
    return [x, y] as const
  })
  return Uint8Array.from({ length: SIZE }, (_, i) => {
    const x = (i % SIDE) + 0.5
    const y = Math.floor(i / SIDE) + 0.5
    const distances = points.slice(1).map((to, at) => distanceToLine(x, y, points[at] ?? to, to))
    return Math.max(0, Math.min(255, (pen + 0.5 - Math.min(...distances)) * 255))
  })
}

function distanceToLine(
  x: number,
  y: number,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): number {
  const square = (toX - fromX) ** 2 + (toY - fromY) ** 2
  const along = ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / (square || 1)
  const share = Math.max(0, Math.min(1, along))
  return Math.hypot(x - fromX - share * (toX - fromX), y - fromY - share * (toY - fromY))
}
