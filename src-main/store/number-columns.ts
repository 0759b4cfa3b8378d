// Lists of numbers as blobs: four bytes each, little endian on every machine.

export function encodeFloats(values: ArrayLike<number>): Uint8Array {
  return encode(values, (view, offset, value) => view.setFloat32(offset, value, true))
}

export function decodeFloats(bytes: Uint8Array): Float32Array {
  const view = viewOf(bytes)
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(4 * index, true))
}

export function encodeCounts(values: ArrayLike<number>): Uint8Array {
  return encode(values, (view, offset, value) => view.setUint32(offset, value, true))
}

export function decodeCounts(bytes: Uint8Array): Uint32Array {
  const view = viewOf(bytes)
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getUint32(4 * index, true))
}

function encode(
  values: ArrayLike<number>,
  set: (view: DataView, offset: number, value: number) => void,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  Array.from(values).forEach((value, index) => set(view, 4 * index, value))
  return new Uint8Array(view.buffer)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
