// From what was dropped to the photos in it: folders are looked through, links followed once, and nothing but files that
// are photos, or are called so, is taken. What is hidden stays hidden.
import type { Dirent } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MAX_BATCH_PHOTOS } from '#shared/contract/photos.ts'
import { Failure } from '#shared/failure.ts'
import { isCalledPicture, isHiddenName } from '#shared/photo-files.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import type { PhotoSource } from '../store/photo-batches.ts'
import { isPhoto, KIND_BYTES } from './photo-kind.ts'

export interface FoundPhoto {
  readonly path: string
  /** The path below what was dropped, with slashes. */
  readonly file: string
}

const MAX_DEPTH = 16
/**
 * @returns files in the order in which they were dropped; those of a folder sorted by name
 * @throws Failure 'not-found' for a path that is not there, 'conflict' where there are too many, 'cancelled'
 */
export async function findPhotos(
  sources: readonly PhotoSource[],
  signal?: AbortSignal,
): Promise<readonly FoundPhoto[]> {
  const walk = new Walk(signal)
  for (const { path, file } of sources) await walk.take(path, file ?? basename(path))
  return walk.found
}

class Walk {
  readonly found: FoundPhoto[] = []
  readonly #signal: AbortSignal | undefined
  readonly #visited = new Set<string>()

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  /** Something that was named: a file is taken whatever it is. */
  async take(path: string, file: string): Promise<void> {
    let isFolder: boolean
    try {
      isFolder = (await stat(path)).isDirectory()
    } catch (error) {
      throw describeDiskError(error, `read ${path}`)
    }
    if (isFolder) await this.#enter(path, file, 0)
    else this.#add(path, file)
  }

  async #enter(folder: string, name: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) return
    const real = await realpath(folder).catch(() => null)
    if (real === null || this.#visited.has(real)) return
    this.#visited.add(real)
    for (const entry of await list(folder)) {
      if (this.#signal?.aborted === true)
        throw new Failure('cancelled', 'Looking through the folders was cancelled.')
      const path = join(folder, entry.name)
      const file = `${name}/${entry.name}`
      const kind = await findKind(entry, path)
      if (kind === 'folder') await this.#enter(path, file, depth + 1)
      else if (kind === 'photo') this.#add(path, file)
    }
  }

  #add(path: string, file: string): void {
    if (this.found.length >= MAX_BATCH_PHOTOS) {
      const limit = MAX_BATCH_PHOTOS.toLocaleString('en')
      throw new Failure(
        'conflict',
        `There are more than ${limit} photos here. Classify them in several parts.`,
      )
    }
    this.found.push({ path, file })
  }
}

async function list(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter(({ name }) => !isHiddenName(name))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
  } catch (error) {
    throw describeDiskError(error, `read the folder ${folder}`)
  }
}

async function findKind(entry: Dirent, path: string): Promise<'folder' | 'photo' | 'other'> {
  const target = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry
  if (target === null) return 'other' // a link that leads nowhere
  if (target.isDirectory()) return 'folder'
  if (!target.isFile()) return 'other'
  return isCalledPicture(entry.name) || (await holdsPhoto(path)) ? 'photo' : 'other'
}

async function holdsPhoto(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r')
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(KIND_BYTES), 0, KIND_BYTES, 0)
      return isPhoto(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch {
    return false // what may not be read and is not called a photo is none of ours
  }
}
