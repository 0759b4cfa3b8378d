// Shrinking by areas: every source pixel counts in the target pixels that it covers, by the area it covers of them, so that
// nothing aliases however large the photo is. Enlarging repeats pixels.
import type { Photo, Plane } from './photo.ts'

/** The sizes of a picture whose longest side becomes `side`; the shorter one keeps at least one pixel. */
export function fitInside(width: number, height: number, side: number): readonly [number, number] {
  const scale = side / Math.max(width, height)
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

/** A photo whose longest side is at most `side`; colours count by their alpha, as they would when laid over something. */
export function shrinkPhoto(photo: Photo, side: number): Photo {
  if (Math.max(photo.width, photo.height) <= side) return photo
  const [width, height] = fitInside(photo.width, photo.height, side)
  const resized = resampleByArea(premultiply(photo), photo.width, photo.height, 4, width, height)
  return { width, height, pixels: toStraightBytes(resized) }
}

export function resizePlane({ width, height, values }: Plane, toWidth: number, toHeight: number): Plane {
  return {
    width: toWidth,
    height: toHeight,
    values: resampleByArea(values, width, height, 1, toWidth, toHeight),
  }
}

function resampleByArea(
  values: Float32Array,
  width: number,
  height: number,
  channels: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const narrow = new Float32Array(toWidth * height * channels)
  for (let x = 0; x < toWidth; x++)
    coverage(x, width, toWidth, (source, weight) => {
      for (let y = 0; y < height; y++)
        for (let c = 0; c < channels; c++) {
          const target = (y * toWidth + x) * channels + c
          narrow[target] = (narrow[target] ?? 0) + weight * (values[(y * width + source) * channels + c] ?? 0)
        }
    })
  const result = new Float32Array(toWidth * toHeight * channels)
  const row = toWidth * channels
  for (let y = 0; y < toHeight; y++)
    coverage(y, height, toHeight, (source, weight) => {
      for (let i = 0; i < row; i++)
        result[y * row + i] = (result[y * row + i] ?? 0) + weight * (narrow[source * row + i] ?? 0)
    })
  return result
}

/** Calls back for each source position that the target position covers, with its share. */
function coverage(
  position: number,
  from: number,
  to: number,
  visit: (source: number, weight: number) => void,
): void {
  const start = (position * from) / to
  const end = ((position + 1) * from) / to
  for (let source = Math.floor(start); source < Math.min(from, Math.ceil(end)); source++) {
    const covered = Math.min(end, source + 1) - Math.max(start, source)
    if (covered > 0) visit(source, covered / (end - start))
  }
}

function premultiply({ pixels }: Photo): Float32Array {
  const values = new Float32Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 0
    for (let c = 0; c < 3; c++) values[i + c] = ((pixels[i + c] ?? 0) * alpha) / 255
    values[i + 3] = alpha
  }
  return values
}

function toStraightBytes(values: Float32Array): Uint8Array {
  const pixels = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i += 4) {
    const alpha = values[i + 3] ?? 0
    for (let c = 0; c < 3; c++) pixels[i + c] = alpha > 0 ? toByte(((values[i + c] ?? 0) * 255) / alpha) : 0
    pixels[i + 3] = toByte(alpha)
  }
  return pixels
}

export function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}
