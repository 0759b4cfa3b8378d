// From a photo to the input of a network, in named steps whose results are all kept. One function for one photo, for a
// thousand and for the tests: the same photo and settings give the same bytes.
// Source of the recipe: arXiv:1708.07747 (Fashion-MNIST), section 2; what goes beyond it is in docs/photos.md.
import {
  PREPARATION_VERSION,
  type CutOutEdit,
  type PhotoMeasures,
  type PreparationSettings,
} from '../../preparation.ts'
import { INPUT_SIDE, requirePhoto, type Photo, type PreparationStep } from './photo.ts'
import { runSteps } from './steps.ts'

export interface Preparation {
  readonly version: number
  readonly settings: PreparationSettings
  /** In the order in which they happened; the last one is the input. */
  readonly steps: readonly PreparationStep[]
  /** 28 x 28 bytes as in the dataset: 0 background, 255 ink. */
  readonly input: Uint8Array
  readonly measures: PhotoMeasures
}

/**
 * @param photo upright, longest side at most MAX_PHOTO_SIDE (a larger one is shrunk all the same, only slower)
 * @param edit what the user drew where the cut-out went wrong
 * @throws RangeError when the bytes are not those of a picture of that size
 */
export function preparePhoto(
  photo: Photo,
  settings: PreparationSettings,
  edit: CutOutEdit = {},
): Preparation {
  requirePhoto(photo)
  const { steps, measures } = runSteps(photo, settings, edit)
  const input = steps.at(-1)?.image.pixels ?? new Uint8Array(INPUT_SIDE * INPUT_SIDE)
  return { version: PREPARATION_VERSION, settings, steps, input, measures }
}
