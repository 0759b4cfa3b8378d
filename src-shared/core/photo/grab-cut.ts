// Garment and background parted by their colours: models of both, the cheapest outline between them, and both again from
// the outline found. What lies along the border of the photo starts as the model of the background.
// Source: Rother, Kolmogorov and Blake 2004, "GrabCut: interactive foreground extraction using iterated graph cuts".
import { guessFromBorder } from './border-model.ts'
import type { LabPixels } from './colour.ts'
import { fitMixture, surprise, type Mixture } from './colour-mixture.ts'
import { GridCut, isInside, NEIGHBOURS } from './max-flow.ts'

/** What is known of a pixel beforehand. */
export const UNKNOWN = 0
export const SURE_GARMENT = 1
export const SURE_BACKGROUND = 2

const ROUNDS = 4
/** How much an outline costs where nothing is to be seen of it, in nats for each pixel. */
const SMOOTHNESS = 25
/** More than any colours can outweigh. */
const CERTAIN = 1e4
/** No colour may speak louder than this, in nats, so that one odd pixel does not outvote its neighbours. */
const LOUDEST = 12
/** Prior in nats for garment in the middle and against it along the border. */
const PRIOR_MIDDLE = 0.5
const PRIOR_BORDER = -3

/**
 * @param known UNKNOWN, SURE_GARMENT or SURE_BACKGROUND of each pixel
 * @returns 1 garment, 0 background, of each pixel
 */
export function grabCut(lab: LabPixels, width: number, height: number, known: Uint8Array): Uint8Array {
  const partings = measurePartings(lab, width, height)
  const prior = buildPrior(width, height)
  const guess = guessFromBorder(lab, width, height, (pixel) => known[pixel] === SURE_BACKGROUND)
  let mask: Uint8Array = Uint8Array.from(guess.mask, (value, pixel) =>
    known[pixel] === UNKNOWN ? value : known[pixel] === SURE_GARMENT ? 1 : 0,
  )
  for (let round = 0; round < ROUNDS; round++) {
    const fitted = fitModels(lab, mask)
    if (fitted === null) break
    const models = round === 0 ? { ...fitted, background: guess.background } : fitted
    const next = cutOnce(lab, width, height, { known, prior, partings, ...models })
    const isSame = next.every((value, i) => value === mask[i])
    mask = next
    if (isSame) break
  }
  return mask
}

interface Division {
  readonly known: Uint8Array
  readonly prior: Float32Array
  readonly partings: Float32Array
  readonly garment: Mixture
  readonly background: Mixture
}

/** Null where one of the two has no pixels left. */
function fitModels(lab: LabPixels, mask: Uint8Array): Pick<Division, 'garment' | 'background'> | null {
  const pixels = Array.from(mask.keys())
  const inside = pixels.filter((pixel) => mask[pixel] === 1)
  const outside = pixels.filter((pixel) => mask[pixel] === 0)
  if (inside.length === 0 || outside.length === 0) return null
  return { garment: fitMixture(lab, inside), background: fitMixture(lab, outside) }
}

function cutOnce(lab: LabPixels, width: number, height: number, division: Division): Uint8Array {
  const { known, prior, partings, garment, background } = division
  const grid = new GridCut(width, height)
  for (let pixel = 0; pixel < known.length; pixel++) {
    const state = known[pixel] ?? UNKNOWN
    const difference = surprise(background, lab, pixel) - surprise(garment, lab, pixel)
    const forGarment = Math.max(-LOUDEST, Math.min(LOUDEST, difference)) + (prior[pixel] ?? 0)
    const certain = state === SURE_GARMENT ? CERTAIN : -CERTAIN
    grid.setCosts(pixel, 0, state === UNKNOWN ? forGarment : certain)
    for (let direction = 4; direction < NEIGHBOURS.length; direction++)
      if (isInside(pixel, direction, width, known.length))
        grid.setParting(pixel, direction, partings[pixel * NEIGHBOURS.length + direction] ?? 0)
  }
  return grid.cut()
}

/** Less where colours change more: SMOOTHNESS * exp(-beta * difference^2) / distance, as in the source. */
function measurePartings(lab: LabPixels, width: number, height: number): Float32Array {
  const count = width * height
  const squares = new Float32Array(count * NEIGHBOURS.length)
  let sum = 0
  let pairs = 0
  for (let pixel = 0; pixel < count; pixel++)
    for (let direction = 4; direction < NEIGHBOURS.length; direction++) {
      if (!isInside(pixel, direction, width, count)) continue
      const [x, y] = NEIGHBOURS[direction] ?? [0, 0]
      const square = squareDifference(lab, pixel, pixel + y * width + x)
      squares[pixel * NEIGHBOURS.length + direction] = square
      sum += square
      pairs += 1
    }
  const beta = pairs / Math.max(1e-6, 2 * sum)
  return squares.map((square, i) => {
    const [x, y] = NEIGHBOURS[i % NEIGHBOURS.length] ?? [1, 0]
    return (SMOOTHNESS * Math.exp(-beta * square)) / Math.hypot(x, y)
  })
}

function squareDifference(lab: LabPixels, one: number, other: number): number {
  const l = (lab[one * 3] ?? 0) - (lab[other * 3] ?? 0)
  const a = (lab[one * 3 + 1] ?? 0) - (lab[other * 3 + 1] ?? 0)
  const b = (lab[one * 3 + 2] ?? 0) - (lab[other * 3 + 2] ?? 0)
  return l * l + a * a + b * b
}

/** Garments lie in the middle of their photos: nats for garment, falling towards the border. */
function buildPrior(width: number, height: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const x = Math.abs(((pixel % width) + 0.5) / width - 0.5) * 2
    const y = Math.abs((Math.floor(pixel / width) + 0.5) / height - 0.5) * 2
    return PRIOR_MIDDLE + (PRIOR_BORDER - PRIOR_MIDDLE) * Math.max(x, y) ** 6
  })
}
