// Which pixels of a photo are garment: by its transparency, by the corners, or by what lies along its border.
import type { CutOutEdit, PhotoMeasures, PreparationSettings } from '../../preparation.ts'
import {
  type BorderColour,
  distance,
  listBorder,
  listCorners,
  maskByColour,
  measureColour,
} from './background.ts'
import type { LabPixels } from './colour.ts'
import { dropSmallPieces } from './components.ts'
import { grabCut, SURE_GARMENT } from './grab-cut.ts'
import { markEdit } from './mark-edit.ts'
import { closeMask, fillHoles, openMask } from './morphology.ts'
import type { Photo } from './photo.ts'

export interface CutOut {
  /** 1 garment, 0 background, of each pixel. */
  readonly mask: Uint8Array
  readonly source: PhotoMeasures['source']
}

const OPAQUE = 128
/** So much of a photo must be transparent for its transparency to be the cut-out. */
const TRANSPARENT_SHARE = 0.01
/** So much of the border must be this near to the colour of the corners, in Lab, for the dataset's recipe to be exact. */
const PLAIN_SHARE = 0.6
const PLAIN_DISTANCE = 2.5
/** Less than this share of what its outline encloses makes a garment pale. */
const PALE_SHARE = 0.4
const CLOSING = 3
/** Half the width, in pixels, of what is no garment: seams of a floor, laces, the hook of a hanger. */
const OPENING = 2

export function cutOutGarment(
  photo: Photo,
  lab: LabPixels,
  settings: PreparationSettings,
  edit: CutOutEdit,
): CutOut {
  const { width, height } = photo
  const known = markEdit(edit, width, height)
  const isEdited = known.some((state) => state !== 0)
  const transparency = isEdited ? null : findTransparency(photo)
  if (transparency !== null) return { mask: transparency, source: 'transparency' }
  if (isEdited) return { mask: cutByBorder(photo, lab, known), source: 'edit' }
  if (settings.cutOut === 'none') return { mask: new Uint8Array(width * height).fill(1), source: 'none' }
  const colour = measureColour(lab, listCorners(width, height))
  if (settings.cutOut === 'automatic' && !isPlain(lab, colour, listBorder(width, height, 2)))
    return { mask: cutByBorder(photo, lab, known), source: 'border' }
  const mask = dropSmallPieces(maskByColour(lab, colour, settings.trimTolerance), width, () => false)
  return { mask: fillPale(mask, width), source: 'corners' }
}

/** A garment as pale as the background is little more than its outline: then what it encloses is garment too. */
function fillPale(mask: Uint8Array, width: number): Uint8Array {
  const filled = fillHoles(closeMask(mask, width, CLOSING), width)
  const seen = mask.reduce((sum, value) => sum + value, 0)
  const enclosed = filled.reduce((sum, value) => sum + value, 0)
  return seen < enclosed * PALE_SHARE ? filled : mask
}

function isPlain(lab: LabPixels, { lab: colour }: BorderColour, border: readonly number[]): boolean {
  const near = border.filter((pixel) => distance(lab, pixel, colour) < PLAIN_DISTANCE)
  return near.length >= border.length * PLAIN_SHARE
}

function cutByBorder({ width, height }: Photo, lab: LabPixels, known: Uint8Array): Uint8Array {
  const isMarked = (pixel: number): boolean => known[pixel] === SURE_GARMENT
  const mask = dropThreads(grabCut(lab, width, height, known), width, isMarked)
  return dropSmallPieces(mask, width, isMarked)
}

/** A mask that is nothing but threads stays as it is, and so does what a user marked. */
function dropThreads(mask: Uint8Array, width: number, isMarked: (pixel: number) => boolean): Uint8Array {
  const opened = openMask(mask, width, OPENING)
  if (!opened.includes(1)) return mask
  return opened.map((value, pixel) => (isMarked(pixel) ? 1 : value))
}

/** Null for a photo that is opaque, or has nothing in it. */
function findTransparency({ pixels }: Photo): Uint8Array | null {
  const opaque = Uint8Array.from({ length: pixels.length / 4 }, (_, i) =>
    (pixels[i * 4 + 3] ?? 0) >= OPAQUE ? 1 : 0,
  )
  const seen = opaque.reduce((sum, value) => sum + value, 0)
  return seen > 0 && seen < (1 - TRANSPARENT_SHARE) * opaque.length ? opaque : null
}
