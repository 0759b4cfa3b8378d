// The steps of the preparation, one after the other, each with the sentence that says what it did.
import type { CutOutEdit, PhotoMeasures, PreparationSettings, StepName } from '../../preparation.ts'
import { toGrey, toLab } from './colour.ts'
import { cutOutGarment } from './cut-out.ts'
import { boundMask, centrePlane, cropPlane, showCutOut, showPlane } from './masked-picture.ts'
import { measurePhoto } from './measure-photo.ts'
import { INPUT_SIDE, type Photo, type PreparationStep, type StepImage } from './photo.ts'
import { sharpenPlane } from './sharpen.ts'
import { fitInside, resizePlane, shrinkPhoto } from './shrink.ts'
import { chooseStretch, chooseTones, toTone } from './tones.ts'

/** Longest side of the picture in which the garment is looked for: enough for 28 pixels, and quick. */
const WORKING_SIDE = 160

const TITLES: Readonly<Record<StepName, string>> = {
  photo: 'Photo',
  'cut-out': 'Cut out',
  trimmed: 'Trimmed',
  grey: 'Grey',
  tones: 'Tones',
  resized: 'Resized',
  sharpened: 'Sharpened',
  centred: 'Centred',
}

export function runSteps(
  original: Photo,
  settings: PreparationSettings,
  edit: CutOutEdit,
): { readonly steps: readonly PreparationStep[]; readonly measures: PhotoMeasures } {
  const steps: PreparationStep[] = []
  const keep = (name: StepName, image: StepImage, note: string): void => {
    steps.push({ name, title: TITLES[name], note, image })
  }

  const photo = shrinkPhoto(original, WORKING_SIDE)
  const { width, height } = photo
  const whole = { left: 0, top: 0, right: width, bottom: height }
  const size = `${original.width} x ${original.height}`
  const isShrunk = original.width !== width || original.height !== height
  keep(
    'photo',
    { width, height, channels: 4, pixels: photo.pixels },
    isShrunk ? `${size} pixels, shrunk to ${width} x ${height} before anything else.` : `${size} pixels.`,
  )

  const lab = toLab(photo)
  const grey = toGrey(photo)
  const found = cutOutGarment(photo, lab, settings, edit)
  const box = boundMask(found.mask, width) ?? whole
  const mask = found.mask.includes(1) ? found.mask : found.mask.map(() => 1)
  const measured = measurePhoto(photo, lab, { mask, source: found.source })
  keep('cut-out', showCutOut(photo, mask, whole), describeCutOut(measured))
  keep(
    'trimmed',
    showCutOut(photo, mask, box),
    'Everything outside of the garment is trimmed; nothing of it is.',
  )

  const share = cropPlane(mask, width, box)
  const greys = cropPlane(grey, width, box)
  keep('grey', showPlane(greys), 'Colours become grey by their brightness.')

  const isGarment = (_: number, i: number): boolean => share.values[i] === 1
  const [darkest, lightest] = findExtremes(greys.values.filter(isGarment))
  const seen = { garment: measured.garmentTone * 255, background: measured.backgroundTone * 255 }
  const isExact = measured.source === 'corners'
  const choice = chooseTones(settings, { ...seen, darkest, lightest }, isExact)
  const inked = greys.values.map((value) => toTone(value, choice))
  const stretch = isExact ? { gain: 1, offset: 0 } : chooseStretch(...findExtremes(inked.filter(isGarment)))
  const tones = {
    ...greys,
    values: inked.map(
      (value, i) =>
        Math.max(0, Math.min(255, value * stretch.gain + stretch.offset)) * (share.values[i] ?? 0),
    ),
  }
  keep(
    'tones',
    showPlane(tones),
    choice.inverted ? 'Dark becomes light, as in the dataset.' : 'Tones stay as they are.',
  )

  const [toWidth, toHeight] = fitInside(tones.width, tones.height, INPUT_SIDE - 2 * settings.padding)
  const resized = resizePlane(tones, toWidth, toHeight)
  keep('resized', showPlane(resized), `The longest edge becomes ${Math.max(toWidth, toHeight)} pixels.`)

  const sharpened = sharpenPlane(resized, settings.sharpen)
  keep('sharpened', showPlane(sharpened), `Sharpened with strength ${settings.sharpen}.`)

  const centred = centrePlane(sharpened, INPUT_SIDE)
  keep(
    'centred',
    showPlane(centred),
    `Centred in ${INPUT_SIDE} x ${INPUT_SIDE}: this is what the model sees.`,
  )
  return { steps, measures: { ...measured, inverted: choice.inverted } }
}

/** What only one in twenty values lies below, and above. */
function findExtremes(values: Float32Array): readonly [number, number] {
  const sorted = values.toSorted()
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0
  return [at(0.05), at(0.95)]
}

function describeCutOut({ source, coverage }: PhotoMeasures): string {
  const share = `${Math.round(coverage * 100)} % of the photo is garment`
  switch (source) {
    case 'transparency':
      return `What is transparent is background: ${share}.`
    case 'corners':
      return `What has the colour of the corners is background: ${share}.`
    case 'border':
      return `What looks like the border of the photo is background: ${share}.`
    case 'edit':
      return `Cut out with the help of your marks: ${share}.`
    case 'none':
      return 'The whole photo is taken for the garment.'
    default:
      return source satisfies never
  }
}
