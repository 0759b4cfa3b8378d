// A folder of photos with an index.csv: file, label, background (white, plain, scene), worn (yes, no), and more that is not
// needed here. Labels are class names in small letters with hyphens; any other label is no garment.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { DEFAULT_PREPARATION, type PhotoMeasures } from '#shared/preparation.ts'
import { decodePhoto } from '../photos/decode-photo.ts'

export interface BenchPhoto {
  readonly file: string
  /** Number of the class; -1 for what is no garment. */
  readonly label: number
  readonly background: string
  readonly worn: boolean
  readonly input: Uint8Array
  readonly measures: PhotoMeasures
}

export async function readPhotos(folder: string, classNames: readonly string[]): Promise<BenchPhoto[]> {
  const [, ...lines] = (await readFile(join(folder, 'index.csv'), 'utf8')).trim().split('\n')
  const names = classNames.map(toFolderName)
  const photos: BenchPhoto[] = []
  for (const line of lines) {
    const [file = '', label = '', background = '', worn = ''] = line.split(',')
    const photo = await decodePhoto(new Uint8Array(await readFile(join(folder, file))))
    const { input, measures } = preparePhoto(photo, DEFAULT_PREPARATION)
    photos.push({ file, label: names.indexOf(label), background, worn: worn === 'yes', input, measures })
  }
  return photos
}

/** 'T-shirt/top' -> 't-shirt', 'Ankle boot' -> 'ankle-boot'. */
function toFolderName(className: string): string {
  return (className.split('/')[0] ?? '').toLowerCase().replaceAll(' ', '-')
}

export function joinInputs(photos: readonly { readonly input: Uint8Array }[]): Uint8Array {
  return new Uint8Array(Buffer.concat(photos.map(({ input }) => input)))
}
