// The only way in which files are written: whole or not at all, and on the disk before the promise resolves.
// Order: temporary file beside the final one, write, fsync, rename, fsync of the folder (Pillai et al., OSDI 2014).
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describeDiskError, errorCode } from './disk-failure.ts'
import { temporaryPathFor } from './temporary-name.ts'

/** Bytes, text in UTF-8, or pieces that are written one after the other. */
export type FileContent = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

const RENAME_ATTEMPTS = 10

/**
 * Writes or replaces a file; a reader sees the old content or the new, even after a crash.
 * @throws Failure with a sentence when the disk refuses; then the old file stands and nothing is left beside it
 */
export async function writeFileAtomically(path: string, content: FileContent): Promise<void> {
  const temporary = temporaryPathFor(path)
  try {
    await writeAndSync(temporary, content)
    await renameWithPatience(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => 'the first error is the one to tell')
    throw describeDiskError(error, `write ${path}`)
  }
}

/** Renames; on Windows it tries again while a virus scanner or an indexer holds the file. */
export async function renameWithPatience(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      if (attempt >= RENAME_ATTEMPTS || !isHeldOnWindows(error)) throw error
      await delay(10 * attempt)
    }
  }
}

/** Puts a folder's list of names on the disk; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeAndSync(path: string, content: FileContent): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isHeldOnWindows(error: unknown): boolean {
  return process.platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error) ?? '')
}
