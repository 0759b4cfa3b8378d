// Draws resources/sample-photos anew: `node src-main/draw-samples.ts`. Two photos of each class, always the same ones.
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { writeFileAtomically } from './files/atomic-write.ts'
import {
  type Background,
  BACKGROUNDS,
  drawSamplePhoto,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
} from './photos/draw-sample-photo.ts'
import { encodeJpeg } from './photos/encode-photo.ts'
import { folderNameOf } from './photos/folder-name.ts'

const FOLDER = resolve(import.meta.dirname, '../resources/sample-photos')
const OF_EACH_CLASS = 2
const ABOUT =
  'These are no photographs. Atelier drew them itself (src-main/draw-samples.ts), so that the Classify page can be tried at once.\n'

await rm(FOLDER, { recursive: true, force: true })
for (const [label, className] of FASHION_CLASS_NAMES.entries()) {
  const folder = join(FOLDER, folderNameOf(className))
  await mkdir(folder, { recursive: true })
  for (let copy = 0; copy < OF_EACH_CLASS; copy++) {
    const background: Background = BACKGROUNDS[(label + copy * 2) % BACKGROUNDS.length] ?? 'white'
    const pixels = drawSamplePhoto(label, background, 100 + label * OF_EACH_CLASS + copy)
    const file = join(folder, `drawn-on-${background}.jpg`)
    await writeFileAtomically(file, await encodeJpeg(pixels, SAMPLE_WIDTH, SAMPLE_HEIGHT))
  }
}
await writeFileAtomically(join(FOLDER, 'ABOUT.txt'), ABOUT)
