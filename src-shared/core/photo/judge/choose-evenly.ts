// Some of many images, from all of them: datasets often come sorted by class, so that the first ones are of a few classes.

/** At most `most` of the indices, at even distances, in their order. */
export function chooseEvenly(indices: Uint32Array, most: number): Uint32Array {
  const count = Math.min(most, indices.length)
  return Uint32Array.from({ length: count }, (_, i) => indices[Math.floor((i * indices.length) / count)] ?? 0)
}
