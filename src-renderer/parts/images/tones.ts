// From the bytes of images to what a canvas takes: every pixel as red, green, blue and opacity.

/** How the pixels of an image lie: `channels` bytes each (1 grey, 3 colour), row after row. */
export interface PixelFormat {
  readonly height: number
  readonly width: number
  readonly channels: number
}

export function bytesOfImage({ height, width, channels }: PixelFormat): number {
  return height * width * channels
}

/** Grey tones as opaque pixels, in the byte order of little-endian machines. */
const GREYS = Uint32Array.from({ length: 256 }, (_, tone) => (0xff00_0000 | (tone * 0x01_0101)) >>> 0)

/** Writes one image into a larger picture, at a place in pixels. */
export function drawImage(
  target: ImageData,
  { height, width, channels }: PixelFormat,
  pixels: Uint8Array,
  left: number,
  top: number,
): void {
  const colours = new Uint32Array(target.data.buffer)
  for (let row = 0; row < height; row++) {
    let to = (top + row) * target.width + left
    let from = row * width * channels
    for (const end = to + width; to < end; to++, from += channels) {
      const tone = pixels[from] ?? 0
      colours[to] =
        channels === 1
          ? (GREYS[tone] ?? 0)
          : (0xff00_0000 | ((pixels[from + 2] ?? 0) << 16) | ((pixels[from + 1] ?? 0) << 8) | tone) >>> 0
    }
  }
}

/** One image as a picture of its own size. */
export function toImageData(format: PixelFormat, pixels: Uint8Array): ImageData {
  const picture = new ImageData(format.width, format.height)
  drawImage(picture, format, pixels, 0, 0)
  return picture
}
