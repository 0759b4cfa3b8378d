// What is measured of a photo once its garment is known; see photoMeasuresSchema for what each number means.
import type { PhotoMeasures } from '../../preparation.ts'
import { listBorder, measureColour, median } from './background.ts'
import type { LabPixels } from './colour.ts'
import type { CutOut } from './cut-out.ts'
import { closeMask, fillHoles } from './morphology.ts'
import type { Photo } from './photo.ts'

/** A distance in Lab that nobody misses: from it on an outline counts as clear. */
const CLEAR_DISTANCE = 20
const BORDER_DEPTH = 2
/** Gaps of an outline that are closed before what it encloses counts as garment. */
const CLOSING = 3

export function measurePhoto(photo: Photo, lab: LabPixels, { mask, source }: CutOut): PhotoMeasures {
  const { width, height } = photo
  const pixels = Array.from(mask.keys())
  const garment = pixels.filter((pixel) => mask[pixel] === 1)
  const rest = pixels.filter((pixel) => mask[pixel] === 0)
  const border = listBorder(width, height, BORDER_DEPTH)
  const behind = rest.length > 0 ? rest : border
  const enclosed = fillHoles(closeMask(mask, width, CLOSING), width)
  const garmentColour = measureColour(
    lab,
    pixels.filter((pixel) => enclosed[pixel] === 1),
  )
  const background = measureColour(lab, behind)
  return {
    source,
    backgroundTone: brightness(photo, behind),
    backgroundSpread: measureColour(
      lab,
      border.filter((pixel) => mask[pixel] === 0),
    ).spread,
    garmentTone: brightness(photo, garment),
    contrast: Math.hypot(...garmentColour.lab.map((value, c) => value - (background.lab[c] ?? 0))),
    coverage: garment.length / mask.length,
    touchesBorder: border.filter((pixel) => mask[pixel] === 1).length / border.length,
    cutOutQuality: Math.min(1, outlineStep(lab, mask, width) / CLEAR_DISTANCE),
    inverted: false,
  }
}

/** Median distance in Lab between neighbours of which one is garment and the other is not; 0 without an outline. */
function outlineStep(lab: LabPixels, mask: Uint8Array, width: number): number {
  const steps: number[] = []
  mask.forEach((value, pixel) => {
    for (const next of [(pixel + 1) % width === 0 ? pixel : pixel + 1, pixel + width]) {
      if (next >= mask.length || mask[next] === value) continue
      const step = [0, 1, 2].map((c) => (lab[pixel * 3 + c] ?? 0) - (lab[next * 3 + c] ?? 0))
      steps.push(Math.hypot(...step))
    }
  })
  return median(Float32Array.from(steps))
}

/** Median brightness of pixels, 0..1; a transparent pixel is white. */
function brightness({ pixels }: Photo, chosen: readonly number[]): number {
  const greys = Float32Array.from(chosen, (pixel) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(pixel * 4, pixel * 4 + 4)
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue
    return (grey * alpha + 255 * (255 - alpha)) / 255
  })
  return median(greys) / 255
}
