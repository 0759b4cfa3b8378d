// JPEG: segments that begin with FF and a marker; the size stands in the start of frame. ITU T.81, annex B.
import type { PhotoSize } from '../photo-header.ts'

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/** Null where there is no whole start of frame before the picture begins. */
export function readJpegHeader(bytes: Uint8Array): PhotoSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 2
  while (at + 4 <= bytes.length) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1 // fill bytes
    } else if (isAlone(marker)) {
      at += 2
    } else {
      if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return null
      const length = view.getUint16(at + 2)
      if (length < 2 || at + 2 + length > bytes.length) return null
      if (isStartOfFrame(marker)) return length < 8 ? null : readFrame(view, at)
      at += 2 + length
    }
  }
  return null
}

function readFrame(view: DataView, at: number): PhotoSize {
  return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), frames: 1 }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which lie among them. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Markers without a length: TEM and the restarts. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
}
