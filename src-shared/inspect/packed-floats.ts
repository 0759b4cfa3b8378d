// Numbers as text, for answers that also hold words: float32, little-endian, base64. Nothing is rounded.

/** All machines that this runs on are little-endian. */
export function packFloats(values: Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += PIECE)
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + PIECE)))
  return btoa(pieces.join(''))
}

/** As many bytes as arguments fit into one call. */
const PIECE = 8192

/** @throws RangeError for text that holds no whole numbers */
export function unpackFloats(text: string): Float32Array {
  return new Float32Array(unpackBytes(text).buffer)
}

export function unpackBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
