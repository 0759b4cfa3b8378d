// Which pixels of a photo are garment: by its transparency, by the corners, or by what lies along its border.
import type { CutOutEdit, PhotoMeasures, PreparationSettings } from '../../preparation.ts'
import { listCorners, maskByColour, measureColour } from './background.ts'
import type { LabPixels } from './colour.ts'
import type { Photo } from './photo.ts'

export interface CutOut {
  /** 1 garment, 0 background, of each pixel. */
  readonly mask: Uint8Array
  readonly source: PhotoMeasures['source']
}

const OPAQUE = 128
/** So much of a photo must be transparent for its transparency to be the cut-out. */
const TRANSPARENT_SHARE = 0.01

export function cutOutGarment(
  photo: Photo,
  lab: LabPixels,
  settings: PreparationSettings,
  _edit: CutOutEdit,
): CutOut {
  const { width, height } = photo
  const opaque = Uint8Array.from({ length: width * height }, (_, i) =>
    (photo.pixels[i * 4 + 3] ?? 0) >= OPAQUE ? 1 : 0,
  )
  const seen = opaque.reduce((sum, value) => sum + value, 0)
  if (seen > 0 && seen < (1 - TRANSPARENT_SHARE) * opaque.length)
    return { mask: opaque, source: 'transparency' }
  if (settings.cutOut === 'none') return { mask: new Uint8Array(width * height).fill(1), source: 'none' }
  const colour = measureColour(lab, listCorners(width, height))
  return { mask: maskByColour(lab, colour, settings.trimTolerance), source: 'corners' }
}
