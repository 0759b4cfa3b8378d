// Images that are the same to the last byte: found by a 32-bit hash (FNV-1a, Fowler, Noll and Vo), then compared byte by
// byte, because of 70,000 images some dozens share a hash by chance.
import type { ImagePool } from './image-pool.ts'

/** Pairs of equal images, the earlier one first; a third copy is paired with the first. */
export function findExactDuplicates(pool: ImagePool): (readonly [number, number])[] {
  const firsts = new Map<number, number[]>()
  const pairs: (readonly [number, number])[] = []
  for (let image = 0; image < pool.count; image++) {
    const hash = hashImage(pool, image)
    const known = firsts.get(hash) ?? []
    const equal = known.find((other) => areEqual(pool, other, image))
    if (equal !== undefined) pairs.push([equal, image])
    else firsts.set(hash, [...known, image])
  }
  return pairs
}

/** FNV-1a over the bytes of one image. */
export function hashImage({ pixels, size }: ImagePool, image: number): number {
  let hash = 0x811c9dc5
  for (let at = image * size; at < (image + 1) * size; at++) {
    hash = Math.imul(hash ^ (pixels[at] ?? 0), 0x01000193)
  }
  return hash >>> 0
}

/** Whether two images are equal to the last pixel. */
export function areEqual({ pixels, size }: ImagePool, first: number, second: number): boolean {
  const [a, b] = [first * size, second * size]
  for (let at = 0; at < size; at++) if (pixels[a + at] !== pixels[b + at]) return false
  return true
}
