// Photos into folders by their class: copies, never moves, and never over a file that is there.
import { constants, copyFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { describeDiskError, errorCode } from '../files/disk-failure.ts'
import { makeFolder } from '../files/make-folder.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { folderNameOf } from './folder-name.ts'

export interface Sorted {
  readonly count: number
  readonly leftOut: { file: string; reason: string }[]
}

const MAX_SAME_NAMES = 10_000

/**
 * @param classOf the class of a photo, or null to leave it out
 * @throws Failure when the folder cannot be made
 */
export async function sortPhotos(
  photos: AsyncIterable<StoredPhoto>,
  folder: string,
  classOf: (photo: StoredPhoto) => string | null,
  signal?: AbortSignal,
): Promise<Sorted> {
  const leftOut: Sorted['leftOut'] = []
  let count = 0
  for await (const photo of photos) {
    signal?.throwIfAborted()
    const { file, path } = photo
    const className = classOf(photo)
    if (className === null) {
      leftOut.push({ file, reason: photo.reason ?? 'It has no class.' })
      continue
    }
    const target = join(folder, folderNameOf(className))
    await makeFolder(target)
    try {
      await copyBeside(path, target, basename(file))
      count += 1
    } catch (error) {
      const failure = describeDiskError(error, `copy ${path}`)
      if (!(failure instanceof Failure)) throw error
      leftOut.push({ file, reason: failure.message })
    }
  }
  return { count, leftOut }
}

/** Under its own name, or 'name (2)' and so on where that is taken. */
async function copyBeside(path: string, folder: string, name: string): Promise<void> {
  const extension = extname(name)
  const stem = folderNameOf(basename(name, extension))
  for (let copy = 1; copy <= MAX_SAME_NAMES; copy++) {
    const target = join(folder, `${stem}${copy === 1 ? '' : ` (${copy})`}${extension}`)
    try {
      await copyFile(path, target, constants.COPYFILE_EXCL)
      return
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
  throw new Failure('conflict', `There are too many files called ${name} in ${folder}. Name another folder.`)
}
