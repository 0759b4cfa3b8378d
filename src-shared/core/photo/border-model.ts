// A model of what lies behind a garment, learned along the border of its photo, and a first guess of the garment from it.
// A colour that hardly lives on the border but fills the middle is a garment that is cut off there.
// Source of that measure: Zhu, Liang, Wei and Sun 2014, "Saliency optimization from robust background detection" (boundary
// connectivity: border pixels of a region by the square root of its area).
import { listBorder } from './background.ts'
import type { LabPixels } from './colour.ts'
import { fitMixture, likeliest, surprise, type Mixture } from './colour-mixture.ts'
import { dropSmallPieces } from './components.ts'
import { closeMask, fillHoles } from './morphology.ts'

/** Share of the shorter side along which the background is learned. */
const BORDER_SHARE = 0.04
/** Below this connectivity (for a border one pixel deep) a colour of the border belongs to the garment. */
const LEAST_CONNECTIVITY = 0.8
/** Nats above the surprise of nine in ten border pixels. */
const SLACK = 1
const USUAL = 0.9
const CLOSING = 2

export interface BorderGuess {
  readonly background: Mixture
  /** 1 where the border's colours are not. */
  readonly mask: Uint8Array
}

/** @param isBackground pixels that are background for certain, wherever they lie */
export function guessFromBorder(
  lab: LabPixels,
  width: number,
  height: number,
  isBackground: (pixel: number) => boolean,
): BorderGuess {
  const depth = Math.max(2, Math.round(Math.min(width, height) * BORDER_SHARE))
  const border = listBorder(width, height, depth)
  const all = Array.from({ length: width * height }, (_, pixel) => pixel)
  const learned = all.filter(isBackground).concat(border)
  const model = fitMixture(lab, learned)
  const outside = dropGarmentColours(lab, model, border, all, depth, isBackground)
  const background = outside.length > 0 ? fitMixture(lab, outside) : model
  const surprises = Float32Array.from(all, (pixel) => surprise(background, lab, pixel))
  const usual = Float32Array.from(outside, (pixel) => surprises[pixel] ?? 0).toSorted()
  const limit = (usual[Math.floor(usual.length * USUAL)] ?? 0) + SLACK
  const isBorder = new Uint8Array(all.length)
  for (const pixel of outside) isBorder[pixel] = 1
  const mask = Uint8Array.from(all, (pixel) =>
    isBorder[pixel] === 0 && (surprises[pixel] ?? 0) > limit ? 1 : 0,
  )
  const closed = fillHoles(closeMask(mask, width, CLOSING), width)
  return { background, mask: dropSmallPieces(closed, width, () => false) }
}

/** The border without the colours that hardly live on it. */
function dropGarmentColours(
  lab: LabPixels,
  model: Mixture,
  border: readonly number[],
  all: readonly number[],
  depth: number,
  isBackground: (pixel: number) => boolean,
): number[] {
  const nearest = all.map((pixel) => likeliest(model, lab, pixel))
  const isForeign = model.map((_, component) => {
    const area = nearest.filter((found) => found === component).length
    const length = border.filter((pixel) => nearest[pixel] === component).length / depth
    return length / Math.sqrt(Math.max(1, area)) < LEAST_CONNECTIVITY
  })
  return border.filter((pixel) => isBackground(pixel) || isForeign[nearest[pixel] ?? 0] !== true)
}
