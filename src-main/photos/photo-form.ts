// Whether a run can be shown photos, told without its dataset, which may be gone: a network for images of another form has
// another number of parameters.
import { buildNetwork } from '#shared/core/models/network.ts'
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import type { ModelSettings } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'

/** Said of a run that cannot. */
export const OTHER_FORM =
  `It takes images of another size or in colours; photos are prepared as ${INPUT_SIDE} x ${INPUT_SIDE} grey. ` +
  'Choose a run that was trained on such images.'

/** @param parameters of the run's network, as they were counted for the images that it was made for */
export function takesPhotos(model: ModelSettings, classes: number, parameters: number): boolean {
  try {
    const task = { height: INPUT_SIDE, width: INPUT_SIDE, channels: 1, classes }
    return buildNetwork(model, task).parameterCount === parameters
  } catch (error) {
    if (error instanceof Failure) return false // so small an image leaves such a network nothing
    throw error
  }
}
