// WebP: a RIFF file whose first chunk is a lossy picture (VP8), a lossless one (VP8L) or an extended header (VP8X).
// RFC 9649.
import type { PhotoSize } from '../photo-header.ts'

const RIFF_BYTES = 12
const CHUNK_FRAME_BYTES = 8
const ANIMATION_FRAME = 'ANMF'

/** Null where the file is shorter than it says, or the first chunk is none of the three. */
export function readWebpHeader(bytes: Uint8Array): PhotoSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < RIFF_BYTES + CHUNK_FRAME_BYTES + 10) return null
  if (CHUNK_FRAME_BYTES + view.getUint32(4, true) > bytes.length) return null
  const at = RIFF_BYTES + CHUNK_FRAME_BYTES
  switch (typeAt(bytes, RIFF_BYTES)) {
    case 'VP8 ':
      return {
        width: view.getUint16(at + 6, true) & 0x3fff,
        height: view.getUint16(at + 8, true) & 0x3fff,
        frames: 1,
      }
    case 'VP8L': {
      const packed = view.getUint32(at + 1, true)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, frames: 1 }
    }
    case 'VP8X':
      return {
        width: readThree(view, at + 4) + 1,
        height: readThree(view, at + 7) + 1,
        frames: Math.max(1, countFrames(bytes, view)),
      }
    default:
      return null
  }
}

function countFrames(bytes: Uint8Array, view: DataView): number {
  let frames = 0
  let at = RIFF_BYTES
  while (at + CHUNK_FRAME_BYTES <= bytes.length) {
    if (typeAt(bytes, at) === ANIMATION_FRAME) frames += 1
    const length = view.getUint32(at + 4, true)
    at += CHUNK_FRAME_BYTES + length + (length % 2)
  }
  return frames
}

function typeAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function readThree(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}
