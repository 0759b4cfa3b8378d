// Every form of photo that people have is decoded, turned and coloured right; what is broken or foreign is refused:
// promises D2, D3, D4 and D6.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { DEFAULT_PREPARATION, type PreparationSettings } from '#shared/preparation.ts'
import { decodePhoto } from '#main/photos/decode-photo.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { readPhotoHeader } from '#main/photos/photo-header.ts'
import type { PreparedPhoto } from '#main/photos/photo-messages.ts'
import { drawPicture, encodeEveryForm, IMAGES_FOLDER, NEEDS_IMAGES, writeFiles } from './photo-files.ts'

const decoders = new Decoders()
afterAll(() => decoders.close())

function prepare(path: string): Promise<PreparedPhoto> {
  return decoders.prepare({ path, settings: DEFAULT_PREPARATION, edit: null }, 'input')
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length
}

const FORMS = await encodeEveryForm()

describe('forms', () => {
  test.each(Object.keys(FORMS))('%s is decoded to the same picture as the others', async (name) => {
    const file = FORMS[name] ?? new Uint8Array()
    const { width, height, pixels, originalWidth, originalHeight } = await decodePhoto(file)
    expect([width, height, originalWidth, originalHeight]).toEqual([60, 80, 60, 80])
    const middle = pixels.subarray((40 * 60 + 30) * 4, (40 * 60 + 30) * 4 + 4)
    expect(middle[3]).toBe(255)
    const grey = 0.299 * (middle[0] ?? 0) + 0.587 * (middle[1] ?? 0) + 0.114 * (middle[2] ?? 0)
    expect(Math.abs(grey - 89)).toBeLessThan(name.startsWith('cmyk') ? 30 : 12)
    const corner = pixels.subarray(0, 4)
    if (name.startsWith('alpha')) expect(corner[3]).toBe(0)
    else expect(Math.min(...corner)).toBeGreaterThan(225)
  })

  test('the size is read from the header alone, of every form', async () => {
    for (const [name, file] of Object.entries(FORMS)) {
      const { width, height } = await sharp(file).metadata()
      expect([name, readPhotoHeader(file)]).toEqual([name, expect.objectContaining({ width, height })])
    }
    expect(readPhotoHeader(FORMS['animated.gif'] ?? new Uint8Array()).frames).toBe(2)
    expect(readPhotoHeader(FORMS['animated.webp'] ?? new Uint8Array()).frames).toBe(2)
  })

  test('large photos become small ones, and tell how large they were', async () => {
    const large = await drawPicture(3000, 2000).jpeg().toBuffer()
    expect(await decodePhoto(new Uint8Array(large))).toMatchObject({
      ...{ width: 640, height: 427, originalWidth: 3000, originalHeight: 2000 },
    })
  })

  test('a wide colour profile is taken to sRGB', async () => {
    const plain = await decodePhoto(FORMS['baseline.jpg'] ?? new Uint8Array())
    const wide = await decodePhoto(FORMS['profile.jpg'] ?? new Uint8Array())
    expect(meanDifference(plain.pixels, wide.pixels)).toBeLessThan(2)
  })
})

describe('content counts, not the name', () => {
  test('a photo is decoded under each of 12 wrong names', async () => {
    const file = FORMS['baseline.jpg'] ?? new Uint8Array()
    const names = 'a.png a.gif a.webp a.txt a.svg a.exe a.pdf a.heic a.tiff a.zip a.mp4 a'.split(' ')
    const paths = await writeFiles(Object.fromEntries(names.map((name) => [name, file])))
    const expected = await prepare(paths['a.png'] ?? '')
    for (const name of names) expect((await prepare(paths[name] ?? '')).input).toEqual(expected.input)
  })

  test('a photo with something else behind it is that photo, and nothing else is looked at', async () => {
    const jpeg = FORMS['baseline.jpg'] ?? new Uint8Array()
    const tails = [
      'PK\u0003\u0004 an archive',
      '%PDF-1.7',
      '<svg onload="x()"/>',
      '<script>x()</script>',
      '\u007fELF',
    ]
    const files = Object.fromEntries(
      tails.map((tail, index) => [`${index}`, Buffer.concat([jpeg, Buffer.from(tail)])]),
    )
    const paths = await writeFiles(files)
    const { plain } = await writeFiles({ plain: jpeg })
    const expected = await prepare(plain)
    for (const path of Object.values(paths)) expect((await prepare(path)).input).toEqual(expected.input)
  })

  test.each([
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>', 'SVG drawing'],
    ['svg after a declaration', '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg/>', 'SVG drawing'],
    ['heic', '\0\0\0\u0018ftypheic\0\0\0\0', 'Save it as JPEG'],
    ['avif', '\0\0\0\u0018ftypavif\0\0\0\0', 'AVIF'],
    ['film', '\0\0\0\u0018ftypisom\0\0\0\0', 'film'],
    ['tiff, little endian', 'II*\0\u0008\0\0\0', 'TIFF'],
    ['tiff, big endian', 'MM\0*\0\0\0\u0008', 'TIFF'],
    ['pdf', '%PDF-1.7\n', 'PDF'],
    ['exe', 'MZ\u0090\0', 'program'],
    ['script', '#!/bin/sh\nrm -rf /\n', 'program'],
    ['bmp', 'BM\u0036\0\0\0', 'BMP'],
    ['psd', '8BPS\0\u0001', 'Photoshop'],
    ['archive', 'PK\u0003\u0004', 'archive'],
    ['text', 'not a photo, but a text', 'This file is text.'],
    ['nothing', '', 'This file is empty.'],
    ['one byte', '\u0089', 'no picture'],
    ['half a header', '\u00ff\u00d8\u00ff', 'broken off'],
  ])('%s is refused with what to do', async (_what, content, sentence) => {
    const { file } = await writeFiles({ file: Buffer.from(content, 'latin1') })
    await expect(prepare(file)).rejects.toThrow(sentence)
  })

  test('folders, pipes and files that are not there are refused', async () => {
    await expect(prepare('/dev/null')).rejects.toThrow('This is no file')
    await expect(prepare('/tmp')).rejects.toThrow('This is no file')
    await expect(prepare('/no/such/photo.jpg')).rejects.toThrow('it does not exist')
  })
})

describe.skipIf(IMAGES_FOLDER === null)(`collections${NEEDS_IMAGES}`, () => {
  test('all valid files of PngSuite are answered and all broken ones refused', async () => {
    const folder = join(IMAGES_FOLDER ?? '', 'pngsuite')
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png'))
    const outcomes = await Promise.all(
      names.map(
        async (name) =>
          [
            name,
            await prepare(join(folder, name)).then(
              () => true,
              () => false,
            ),
          ] as const,
      ),
    )
    const wrong = outcomes.filter(([name, isAnswered]) => isAnswered === name.startsWith('x'))
    expect(wrong).toEqual([])
    expect(outcomes.filter(([, isAnswered]) => isAnswered)).toHaveLength(161)
    expect(outcomes.filter(([, isAnswered]) => !isAnswered)).toHaveLength(14)
  })

  const orientationsOf = (name: string): string[] =>
    Array.from({ length: 9 }, (_, orientation) =>
      join(IMAGES_FOLDER ?? '', 'exif-orientation', `${name}_${orientation}.jpg`),
    )

  /** The files were compressed one by one, so that they are equal only nearly. */
  async function differences(name: string, cutOut: PreparationSettings['cutOut']): Promise<number[]> {
    const settings = { ...DEFAULT_PREPARATION, cutOut }
    const inputs = await Promise.all(
      orientationsOf(name).map(
        async (path) => (await decoders.prepare({ path, settings, edit: null }, 'input')).input,
      ),
    )
    return inputs.map((input) => meanDifference(input, inputs[0] ?? new Uint8Array()))
  }

  test.each(['Landscape', 'Portrait'])(
    'the nine orientations of %s are decoded to one picture',
    async (name) => {
      const [upright, ...turned] = await Promise.all(
        orientationsOf(name).map(async (path) => decodePhoto(new Uint8Array(await readFile(path)))),
      )
      if (upright === undefined) throw new Error('there are nine of them')
      for (const { width, height, pixels } of turned) {
        expect([width, height]).toEqual([upright.width, upright.height])
        expect(meanDifference(pixels, upright.pixels)).toBeLessThan(2)
      }
    },
  )

  test.each(['Landscape', 'Portrait'])(
    "the nine orientations of %s give one input by the dataset's recipe",
    async (name) => {
      expect(Math.max(...(await differences(name, 'corners')))).toBeLessThan(2)
    },
  )

  test('the nine orientations of Landscape give one input with the automatic cut-out', async () => {
    expect(Math.max(...(await differences('Landscape', 'automatic')))).toBeLessThan(2)
  })

  // Decoded alike within 1.1 of 255, but the automatic cut-out finds another part of this picture, which has no garment.
  test.fails('the nine orientations of Portrait give one input with the automatic cut-out', async () => {
    expect(Math.max(...(await differences('Portrait', 'automatic')))).toBeLessThan(2)
  })
})
