// What the form of a dataset's images rules out: photos are prepared as grey images of one size, and training images are
// changed as such. Refused where it is asked for, instead of computing nonsense.
import { INPUT_SIDE } from './core/photo/photo.ts'
import type { ImageForm } from './core/models/layers.ts'
import type { Experiment } from './experiment.ts'
import { Failure } from './failure.ts'

/** '28 x 28', '64 x 64 in colours' */
export function describeForm({ height, width, channels }: ImageForm): string {
  return `${height} x ${width}${channels === 1 ? '' : ' in colours'}`
}

/** @throws Failure 'invalid-setting' for changes of training images that images in colours cannot take */
export function requireChangeable({ augmentation }: Experiment, form: Pick<ImageForm, 'channels'>): void {
  if (augmentation === 'none' || form.channels === 1) return
  throw new Failure(
    'invalid-setting',
    'augmentation: photo changes grey images, and this dataset is in colours. Choose none, or add the photos as grey images.',
  )
}

/** @throws Failure 'conflict' for a run that photos cannot be shown to */
export function requirePhotoForm(runId: string, form: ImageForm): void {
  if (form.height === INPUT_SIDE && form.width === INPUT_SIDE && form.channels === 1) return
  throw new Failure(
    'conflict',
    `Run ${runId} takes images of ${describeForm(form)}; photos are prepared as ${INPUT_SIDE} x ${INPUT_SIDE} grey. ` +
      'Choose a run that was trained on such images.',
  )
}
