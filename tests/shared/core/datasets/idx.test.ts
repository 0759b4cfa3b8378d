import { describe, expect, it } from 'vitest'
import {
  encodeIdxImages,
  encodeIdxLabels,
  parseIdxHeader,
  parseIdxImages,
  parseIdxLabels,
} from '#shared/core/datasets/idx.ts'

const images = {
  count: 3,
  height: 8,
  width: 9,
  channels: 1 as const,
  pixels: Uint8Array.from({ length: 3 * 8 * 9 }, (_, i) => i),
}

function imageHeader(...dimensions: number[]): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x00000803)
  dimensions.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size)
  })
  return bytes
}

describe('IDX files', () => {
  it('come back as they were written', () => {
    expect(parseIdxImages(encodeIdxImages(images), 'images')).toEqual(images)
    const labels = Uint8Array.of(9, 0, 0, 3)
    expect(parseIdxLabels(encodeIdxLabels(labels), 'labels')).toEqual({ count: 4, labels })
  })

  it('are big-endian with MNIST’s magic numbers', () => {
    expect([...encodeIdxImages(images).subarray(0, 16)]).toEqual([
      0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 9,
    ])
    expect([...encodeIdxLabels(Uint8Array.of(7))]).toEqual([0, 0, 8, 1, 0, 0, 0, 1, 7])
  })

  it('are read without a copy, also from the middle of a larger buffer', () => {
    const file = encodeIdxImages(images)
    const larger = new Uint8Array(file.length + 5)
    larger.set(file, 5)
    const { pixels } = parseIdxImages(larger.subarray(5), 'images')
    expect(pixels).toEqual(images.pixels)
    expect(pixels.buffer).toBe(larger.buffer)
  })

  it('announce the size of the file in the header', () => {
    const header = {
      count: 60000,
      height: 28,
      width: 28,
      channels: 1,
      headerBytes: 16,
      fileBytes: 47_040_016,
    }
    expect(parseIdxHeader(imageHeader(60000, 28, 28), 'images', 'x')).toEqual(header)
  })

  const advice = 'The file is damaged or not of this kind; fetch it again or take another.'
  const refusals: readonly (readonly [string, () => unknown, string])[] = [
    [
      'an empty file',
      () => parseIdxLabels(new Uint8Array(), 'a'),
      'a: expected an IDX header of 8 bytes, found a file of 0.',
    ],
    [
      'a cut header',
      () => parseIdxImages(imageHeader(1, 8, 8).subarray(0, 15), 'a'),
      'a: expected an IDX header of 16 bytes, found a file of 15.',
    ],
    [
      'labels in place of images',
      () => parseIdxImages(encodeIdxLabels(new Uint8Array(20)), 'a'),
      'a: expected IDX images starting with 00 00 08 03, found 00 00 08 01, which is a file of labels.',
    ],
    [
      'another type of number',
      () => parseIdxLabels(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 1, 0), 'a'),
      'a: expected IDX labels starting with 00 00 08 01, found 00 00 0d 01.',
    ],
    [
      '2^31 images',
      () => parseIdxImages(imageHeader(2 ** 31, 28, 28), 'a'),
      'a: expected 1 to 10,000,000 images, found 2,147,483,648.',
    ],
    [
      'no images',
      () => parseIdxImages(imageHeader(0, 28, 28), 'a'),
      'a: expected 1 to 10,000,000 images, found 0.',
    ],
    [
      'too small images',
      () => parseIdxImages(imageHeader(1, 28, 7), 'a'),
      'a: expected images of 8 to 64 pixels a side, found 28 x 7.',
    ],
    [
      'huge images',
      () => parseIdxImages(imageHeader(1, 2 ** 32 - 1, 2 ** 32 - 1), 'a'),
      'a: expected images of 8 to 64 pixels a side, found 4,294,967,295 x 4,294,967,295.',
    ],
    [
      'more pixels than the limit',
      () => parseIdxImages(imageHeader(10_000_000, 28, 28), 'a'),
      'a: expected at most 1,073,741,824 bytes in all, found 10,000,000 images of 28 x 28.',
    ],
    [
      'a missing pixel',
      () => parseIdxImages(encodeIdxImages(images).subarray(0, -1), 'a'),
      'a: expected 232 bytes as its header says, found 231 bytes.',
    ],
    [
      'a label too many',
      () => parseIdxLabels(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 0, 0), 'a'),
      'a: expected 9 bytes as its header says, found 10 bytes.',
    ],
  ]
  it.each(refusals)('refuse %s with the file, what was expected and what was found', (_, parse, sentence) => {
    expect(parse).toThrow(expect.objectContaining({ code: 'invalid-file', message: `${sentence} ${advice}` }))
  })

  it('cannot be made of pixels that do not fit', () => {
    expect(() => encodeIdxImages({ ...images, count: 4 })).toThrow('4 images of 8 x 9 do not have 216 bytes')
  })
})

describe('IDX files in colours', () => {
  const colours = {
    ...{ count: 2, height: 8, width: 9, channels: 3 as const },
    pixels: Uint8Array.from({ length: 2 * 8 * 9 * 3 }, (_, i) => i % 251),
  }

  it('have a fourth dimension and come back as they were written', () => {
    const file = encodeIdxImages(colours)
    expect([...file.subarray(0, 20)]).toEqual([0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 3])
    expect(parseIdxImages(file, 'images')).toEqual(colours)
  })

  it('have three colours, and are as long as their header says', () => {
    const file = encodeIdxImages(colours)
    expect(() => parseIdxImages(file.with(19, 4), 'a')).toThrow('a: expected 3 colours, found 4.')
    expect(() => parseIdxImages(file.subarray(0, -1), 'a')).toThrow('expected 452 bytes as its header says')
    expect(() => parseIdxImages(file.subarray(0, 18), 'a')).toThrow(
      'an IDX header of 20 bytes, found a file of 18',
    )
    expect(() => encodeIdxImages({ ...colours, count: 3 })).toThrow('3 images of 8 x 9 in colours')
  })
})
