// From the pictures that the contract carries as text to what a canvas takes.
import type { PackedImage } from '#shared/photo-batch.ts'

export function readBytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

export function unpackImage({ width, height, channels, pixels }: PackedImage): ImageData {
  const bytes = readBytes(pixels)
  const picture = new ImageData(width, height)
  for (let from = 0, to = 0; to < picture.data.length; from += channels, to += 4) {
    const first = bytes[from] ?? 0
    picture.data[to] = first
    picture.data[to + 1] = channels === 1 ? first : (bytes[from + 1] ?? 0)
    picture.data[to + 2] = channels === 1 ? first : (bytes[from + 2] ?? 0)
    picture.data[to + 3] = channels === 4 ? (bytes[from + 3] ?? 0) : 255
  }
  return picture
}
