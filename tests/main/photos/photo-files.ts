// Files for tests of photos: pictures made here in every form that is decoded, and the collections that a machine has.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { onTestFinished } from 'vitest'

/** PngSuite and the EXIF orientations, or null: tests that need them are then skipped, and say so. */
export const IMAGES_FOLDER = findFolder(process.env['ATELIER_TEST_IMAGES'], 'images')
export const NEEDS_IMAGES =
  IMAGES_FOLDER === null
    ? ' (skipped: set ATELIER_TEST_IMAGES to a folder with pngsuite and exif-orientation)'
    : ''

function findFolder(named: string | undefined, name: string): string | null {
  const path = named ?? resolve(import.meta.dirname, '../../../../shared/data', name)
  return existsSync(path) ? path : null
}

/** A folder that is gone when the test is over. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-photos-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files into a temporary folder; returns their paths by name. */
export async function writeFiles<Name extends string>(
  files: Readonly<Record<Name, Uint8Array | string>>,
): Promise<Record<Name, string>> {
  const folder = await makeTemporaryFolder()
  const paths: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(files) as Name[]) {
    paths[name] = join(folder, name)
    await writeFile(join(folder, name), files[name])
  }
  return paths as Record<Name, string>
}

/** A dark shape, higher than it is wide and another one in each quarter, on a light ground. */
export function drawPicture(width = 60, height = 80, channels: 3 | 4 = 3): Sharp {
  const pixels = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isShape = x > width / 4 && x < (width * 3) / 4 && y > height / 6 && y < (height * 5) / 6
      const at = (y * width + x) * channels
      const colour = isShape ? [40 + (x * 90) / width, 30 + (y * 120) / height, 90] : [244, 243, 240]
      pixels.set(colour, at)
      if (channels === 4) pixels[at + 3] = isShape ? 255 : 0
    }
  return sharp(pixels, { raw: { width, height, channels } })
}

/** The same picture in every form that has to be decoded, by a name for the form. */
export async function encodeEveryForm(): Promise<Record<string, Uint8Array>> {
  const rgb = (): Sharp => drawPicture()
  const rgba = (): Sharp => drawPicture(60, 80, 4)
  const forms: Record<string, Sharp> = {
    'baseline.jpg': rgb().jpeg(),
    'progressive.jpg': rgb().jpeg({ progressive: true }),
    'grey.jpg': rgb().greyscale().jpeg(),
    'cmyk.jpg': rgb().toColourspace('cmyk').jpeg(),
    'turned.jpg': rgb().rotate(90).withMetadata({ orientation: 8 }).jpeg(),
    'profile.jpg': rgb().withIccProfile('p3').jpeg(),
    'subsampled.jpg': rgb().jpeg({ chromaSubsampling: '4:2:0', quality: 60 }),
    'plain.png': rgb().png(),
    'interlaced.png': rgb().png({ progressive: true }),
    'palette.png': rgb().png({ palette: true, colours: 16 }),
    'deep.png': rgb().toColourspace('rgb16').png(),
    'grey.png': rgb().greyscale().png(),
    'alpha.png': rgba().png(),
    'lossy.webp': rgb().webp(),
    'lossless.webp': rgb().webp({ lossless: true }),
    'alpha.webp': rgba().webp(),
    'plain.gif': rgb().gif(),
    'alpha.gif': rgba().gif(),
  }
  const files: Record<string, Uint8Array> = {}
  for (const [name, form] of Object.entries(forms)) files[name] = new Uint8Array(await form.toBuffer())
  files['animated.gif'] = await encodeAnimation('gif')
  files['animated.webp'] = await encodeAnimation('webp')
  return files
}

/** The picture, then a black one. */
export async function encodeAnimation(form: 'gif' | 'webp', frames = 2): Promise<Uint8Array> {
  const [width, height] = [60, 80]
  const first = await drawPicture(width, height).raw().toBuffer()
  const pixels = new Uint8Array(first.length * frames)
  pixels.set(first)
  const animation = sharp(pixels, {
    raw: { width, height: height * frames, channels: 3, pageHeight: height },
  } as never)
  return new Uint8Array(await animation[form]().toBuffer())
}
