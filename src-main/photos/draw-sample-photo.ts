// A sample photo: a garment of Sketches, drawn at photo size in a colour, before a background as people have them.
import { GARMENTS } from '#shared/core/datasets/sketches.ts'
import { Canvas } from '#shared/core/datasets/sketches/canvas.ts'
import type { Layer } from '#shared/core/datasets/sketches/drawing.ts'
import { place } from '#shared/core/datasets/sketches/placement.ts'
import { SIDE } from '#shared/core/datasets/sketches/size.ts'
import { valueNoise } from '#shared/core/datasets/sketches/value-noise.ts'
import { Random } from '#shared/core/random.ts'

/** Pixels of the photo for one of the dataset's pictures. */
const SCALE = 14
const GARMENT_SIDE = SIDE * SCALE
export const SAMPLE_WIDTH = 480
export const SAMPLE_HEIGHT = 560

type Colour = readonly [number, number, number]

export const BACKGROUNDS = ['white', 'grey', 'linen', 'wood', 'wall'] as const
export type Background = (typeof BACKGROUNDS)[number]

const GROUNDS: Readonly<Record<Background, Colour>> = {
  white: [252, 252, 252],
  grey: [214, 216, 219],
  linen: [226, 217, 200],
  wood: [178, 138, 98],
  wall: [150, 168, 186],
}
/** What a garment of full ink is dyed in. */
const DYES: readonly Colour[] = [
  [34, 48, 92],
  [120, 26, 44],
  [26, 84, 66],
  [44, 42, 48],
  [98, 54, 112],
]

/** @returns SAMPLE_WIDTH * SAMPLE_HEIGHT pixels of RGB; the same arguments always give the same bytes */
export function drawSamplePhoto(label: number, background: Background, seed: number): Uint8Array {
  const random = new Random(seed)
  const draw = GARMENTS[label]
  if (draw === undefined) throw new RangeError(`there is no garment for label ${label}`)
  const drawing = draw(random)
  const placement = place(random, drawing)
  const paint = (layers: readonly Layer[]): Float64Array => {
    const canvas = new Canvas(SCALE)
    for (const layer of layers) canvas.paint(layer, placement)
    return canvas.tones
  }
  const tones = paint(drawing.layers)
  const coverage = paint(
    drawing.layers.map((layer) => ({ ...layer, cloth: undefined, tone: toCover(layer) })),
  )
  const dye = DYES[random.below(DYES.length)] ?? [0, 0, 0]
  return compose(drawGround(random, background), tones, coverage, dye)
}

/** A hole lets the background through; everything else hides it. */
function toCover({ tone }: Layer): number {
  return tone === 0 ? 0 : 1
}

function drawGround(random: Random, background: Background): Uint8Array {
  const [red, green, blue] = GROUNDS[background]
  const [width, height] = background === 'wood' ? [9, 1.2] : [14, 14]
  const depth = { white: 0, grey: 0.02, linen: 0.04, wood: 0.14, wall: 0.06 }[background]
  const noise = valueNoise(random, width, height)
  const grain = background === 'white' ? 0 : 3
  const pixels = new Uint8Array(SAMPLE_WIDTH * SAMPLE_HEIGHT * 3)
  for (let y = 0; y < SAMPLE_HEIGHT; y++)
    for (let x = 0; x < SAMPLE_WIDTH; x++) {
      const [u, v] = [(x * (SIDE - 1)) / SAMPLE_WIDTH, (y * (SIDE - 1)) / SAMPLE_HEIGHT]
      const light = (1 + depth * noise(u, v)) * (1 - (0.08 * (u + v)) / (2 * SIDE))
      const fleck = random.uniform(-grain, grain)
      pixels.set(
        [red, green, blue].map((value) => toByte(value * (background === 'white' ? 1 : light) + fleck)),
        (y * SAMPLE_WIDTH + x) * 3,
      )
    }
  return pixels
}

/** Lays the garment on the ground: full ink is the dye, none is nearly white cloth. */
function compose(ground: Uint8Array, tones: Float64Array, coverage: Float64Array, dye: Colour): Uint8Array {
  const [left, top] = [(SAMPLE_WIDTH - GARMENT_SIDE) / 2, (SAMPLE_HEIGHT - GARMENT_SIDE) / 2]
  for (let y = 0; y < GARMENT_SIDE; y++)
    for (let x = 0; x < GARMENT_SIDE; x++) {
      const cover = Math.min(1, coverage[y * GARMENT_SIDE + x] ?? 0)
      if (cover <= 0) continue
      const tone = Math.min(1, Math.max(0, (tones[y * GARMENT_SIDE + x] ?? 0) / Math.max(cover, 0.001)))
      const at = ((y + top) * SAMPLE_WIDTH + x + left) * 3
      dye.forEach((value, c) => {
        const cloth = 238 + (value - 238) * tone
        ground[at + c] = toByte((ground[at + c] ?? 0) * (1 - cover) + cloth * cover)
      })
    }
  return ground
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}
