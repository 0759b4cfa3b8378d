// The photos that come with Atelier are those that it draws, and can be used at once.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { drawSamplePhoto, SAMPLE_HEIGHT, SAMPLE_WIDTH } from '#main/photos/draw-sample-photo.ts'
import { readFolderLabels } from '#main/photos/folder-labels.ts'
import { findPhotos } from '#main/photos/find-photos.ts'
import { SamplePhotos } from '#main/photos/sample-photos.ts'
import { decodePhoto } from '#main/photos/decode-photo.ts'

const FOLDER = resolve(import.meta.dirname, '../../../resources/sample-photos')
const decoders = new Decoders()
afterAll(() => decoders.close())

test('there are two of each class, with thumbnails, in folders that count as labels', async () => {
  const { photos, folder } = await new SamplePhotos(FOLDER, decoders).list()
  expect(folder).toBe(FOLDER)
  expect(photos).toHaveLength(20)
  expect(new Set(photos.map(({ className }) => className))).toEqual(new Set(FASHION_CLASS_NAMES))
  const found = await findPhotos([{ path: FOLDER, file: null }])
  expect(found).toHaveLength(20)
  const { folders } = readFolderLabels(
    found.map(({ file }) => file),
    FASHION_CLASS_NAMES,
  )
  expect(folders).toHaveLength(10)
})

test('the one in the repository is what is drawn', async () => {
  const drawn = drawSamplePhoto(3, 'wood', 106)
  const path = resolve(FOLDER, 'Dress/drawn-on-wood.jpg')
  const { pixels, width, height } = await decodePhoto(new Uint8Array(await readFile(path)))
  expect([width, height]).toEqual([SAMPLE_WIDTH, SAMPLE_HEIGHT])
  let sum = 0
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) sum += Math.abs((pixels[i * 4 + c] ?? 0) - (drawn[i * 3 + c] ?? 0))
  expect(sum / (width * height * 3)).toBeLessThan(4)
})
