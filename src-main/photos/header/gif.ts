// GIF: a screen, then blocks: pictures, extensions, the end. Every picture is counted, and the largest side that any
// of them claims is what is measured. GIF89a specification.
import type { PhotoSize } from '../photo-header.ts'

const IMAGE = 0x2c
const EXTENSION = 0x21

/** Null where no picture begins. A file that breaks off later is the decoder's to refuse. */
export function readGifHeader(bytes: Uint8Array): PhotoSize | null {
  if (bytes.length < 13) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let width = view.getUint16(6, true)
  let height = view.getUint16(8, true)
  let frames = 0
  let at = 13 + paletteBytes(view.getUint8(10))
  while (at < bytes.length) {
    const block = view.getUint8(at)
    if (block === IMAGE && at + 11 <= bytes.length) {
      frames += 1
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true))
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true))
      at = skipSubBlocks(view, at + 11 + paletteBytes(view.getUint8(at + 9)))
    } else if (block === EXTENSION) {
      at = skipSubBlocks(view, at + 2)
    } else break
  }
  return frames === 0 ? null : { width, height, frames }
}

/** @param flags the packed field: bit 7 says that there is a palette, bits 0 to 2 how large it is */
function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1)
}

function skipSubBlocks(view: DataView, from: number): number {
  let at = from
  while (at < view.byteLength) {
    const length = view.getUint8(at)
    at += 1 + length
    if (length === 0) break
  }
  return at
}
