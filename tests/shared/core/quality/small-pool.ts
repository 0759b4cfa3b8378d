// Pools of tiny images for the tests of the quality board.
import fc from 'fast-check'
import type { ImagePool } from '#shared/core/quality/image-pool.ts'

/** @param images rows of grey levels, all of one length */
export function poolOf(
  images: readonly (readonly number[])[],
  { trainCount = images.length, labels = images.map(() => 0), classes = 2, channels = 1 } = {},
): ImagePool {
  return {
    count: images.length,
    trainCount,
    size: images[0]?.length ?? 0,
    channels,
    classes,
    pixels: Uint8Array.from(images.flat()),
    labels: Uint8Array.from(labels),
  }
}

const level = fc.integer({ min: 0, max: 255 })

/** Images of nine pixels, some of them equal or nearly so. */
export const anyImages: fc.Arbitrary<number[][]> = fc
  .array(fc.array(level, { minLength: 9, maxLength: 9 }), { minLength: 2, maxLength: 12 })
  .chain((images) =>
    fc
      .array(fc.record({ from: fc.nat(images.length - 1), shift: fc.integer({ min: 0, max: 3 }) }), {
        maxLength: 8,
      })
      .map((copies) => [
        ...images,
        ...copies.map(({ from, shift }) => (images[from] ?? []).map((value) => Math.min(255, value + shift))),
      ]),
  )
