// A folder of the four IDX files, small enough for a test: every class is a bright stripe at a place of its own.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'

const SIDE = 28
const CLASSES = 10

export async function writeSmallDataset(folder: string, classNames: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writePart(folder, 'train', 400)
  await writePart(folder, 't10k', 100)
  await writeFile(join(folder, 'class-names.txt'), `${classNames.join('\n')}\n`)
}

async function writePart(folder: string, part: string, count: number): Promise<void> {
  const labels = Uint8Array.from({ length: count }, (_, index) => index % CLASSES)
  const pixels = new Uint8Array(count * SIDE * SIDE)
  labels.forEach((label, image) => {
    const from = image * SIDE * SIDE + (4 + 2 * label) * SIDE
    pixels.fill(100 + (image % 100), from, from + 2 * SIDE)
  })
  const images = encodeIdxImages({ count, height: SIDE, width: SIDE, channels: 1, pixels })
  await writeFile(join(folder, `${part}-images-idx3-ubyte`), images)
  await writeFile(join(folder, `${part}-labels-idx1-ubyte`), encodeIdxLabels(labels))
}
