// Prepares photos beside the page, by the very function that the host uses, so that the page stays quick while a garment
// is cut out. It knows nothing but what a question says.
import '#shared/zod-without-eval.ts'
import type { StepImage } from '#shared/core/photo/photo.ts'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { toImageData } from '../../parts/images/tones.ts'
import type { PreparationAnswer, PreparationQuestion, PreparedPhoto } from './preparation-messages.ts'

function prepare({ photo, settings, edit }: PreparationQuestion): PreparedPhoto {
  const { width, height, data } = photo
  const { steps } = preparePhoto({ width, height, pixels: new Uint8Array(data) }, settings, edit ?? {})
  const found = steps.find(({ name }) => name === 'cut-out')
  const last = steps.at(-1)
  if (found === undefined || last === undefined) throw new Error('The photo could not be prepared.')
  return { garment: show(found.image), input: show(last.image), note: found.note }
}

function show(image: StepImage): ImageData {
  const { width, height, channels, pixels } = image
  if (channels !== 4) return toImageData(image, pixels)
  return new ImageData(new Uint8ClampedArray(pixels), width, height)
}

function answer(question: PreparationQuestion): PreparationAnswer {
  const { number } = question
  try {
    return { number, prepared: prepare(question) }
  } catch (error) {
    return { number, problem: error instanceof Error ? error.message : String(error) }
  }
}

addEventListener('message', ({ data }: MessageEvent<PreparationQuestion>) => {
  postMessage(answer(data))
})
