// PNG: a signature and chunks of length, type, data and checksum; the first is IHDR. Every chunk must lie in the file.
import type { PhotoSize } from '../photo-header.ts'

const SIGNATURE_BYTES = 8
const CHUNK_FRAME_BYTES = 12
const IHDR = 0x49484452
const IDAT = 0x49444154

/** Null where the header is wrong, or a chunk before the picture claims more bytes than there are. */
export function readPngHeader(bytes: Uint8Array): PhotoSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < SIGNATURE_BYTES + CHUNK_FRAME_BYTES + 13) return null
  if (view.getUint32(SIGNATURE_BYTES) !== 13 || view.getUint32(SIGNATURE_BYTES + 4) !== IHDR) return null
  if (!reachesPicture(view)) return null
  return { width: view.getUint32(16), height: view.getUint32(20), frames: 1 }
}

function reachesPicture(view: DataView): boolean {
  let at = SIGNATURE_BYTES
  while (at + CHUNK_FRAME_BYTES <= view.byteLength) {
    const length = view.getUint32(at)
    if (at + CHUNK_FRAME_BYTES + length > view.byteLength) return false
    if (view.getUint32(at + 4) === IDAT) return true
    at += CHUNK_FRAME_BYTES + length
  }
  return false
}
