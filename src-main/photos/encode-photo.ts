// Pictures of our own as JPEG: the sample photos, and photos to measure with. The other place that knows sharp.
import sharp from 'sharp'

/** @param pixels `width * height * 3` bytes of RGB */
export async function encodeJpeg(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } })
  return new Uint8Array(await picture.jpeg({ quality: 82, mozjpeg: true }).toBuffer())
}

/** A grey square picture enlarged with its tones turned around: what was black around a garment becomes white paper. */
export async function encodeNegative(
  pixels: Uint8Array,
  side: number,
  enlarged: number,
  format: 'jpeg' | 'png',
): Promise<Uint8Array> {
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .resize(enlarged, enlarged, { kernel: 'cubic' })
    .negate()
  return new Uint8Array(await (format === 'jpeg' ? picture.jpeg({ quality: 90 }) : picture.png()).toBuffer())
}
