// The input in grey with what its answer rests on in colour: orange where covering lowers the probability, blue where it
// raises it, the stronger the more.
import type { OcclusionMap, PackedImage } from '#shared/photo-batch.ts'
import { unpackImage } from './packed-image.ts'

const FOR = [240, 130, 40] as const
const AGAINST = [70, 150, 240] as const
const STRONGEST = 0.85

export function paintWhy(input: PackedImage, { width, height, values }: OcclusionMap): ImageData {
  const picture = unpackImage(input)
  if (picture.width !== width || picture.height !== height) return picture
  const most = Math.max(1e-6, ...values.map(Math.abs))
  values.forEach((value, place) => {
    const colour = value > 0 ? FOR : AGAINST
    const strength = (Math.abs(value) / most) * STRONGEST
    for (let channel = 0; channel < 3; channel++) {
      const at = place * 4 + channel
      picture.data[at] = (picture.data[at] ?? 0) * (1 - strength) + (colour[channel] ?? 0) * strength
    }
  })
  return picture
}
