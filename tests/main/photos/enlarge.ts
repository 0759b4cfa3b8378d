// An image of a dataset made into a photo of it: enlarged, dark on light, as JPEG or PNG.
import sharp from 'sharp'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'

const SIDE = 28
/** Light, but not white, as a shop's background is. */
const BACKGROUND = 250

export async function enlarge(
  { pixels }: LabelledImages,
  index: number,
  side: number,
  form: 'png' | 'jpeg',
): Promise<Uint8Array> {
  const image = pixels.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE)
  const negative = Uint8Array.from(image, (tone) => BACKGROUND - Math.round((tone * BACKGROUND) / 255))
  const large = sharp(negative, { raw: { width: SIDE, height: SIDE, channels: 1 } }).resize(side, side)
  return new Uint8Array(await large[form](form === 'jpeg' ? { quality: 90 } : {}).toBuffer())
}
