// Opening and reading files that nobody vouches for: plain files only, and never more bytes than were agreed to.
import { open, stat, type FileHandle } from 'node:fs/promises'
import { groupDigits, invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { describeDiskError } from '../files/disk-failure.ts'

/**
 * Opens a file for reading, lends it and its size to `read`, and closes it.
 * @throws Failure when there is no such file, it is a folder, a pipe or a device, or is longer than `maxBytes`
 */
export async function withFile<Result>(
  path: string,
  maxBytes: number,
  read: (file: FileHandle, size: number) => Promise<Result>,
): Promise<Result> {
  try {
    if (!(await stat(path)).isFile()) throw invalidFile(path, 'a file', 'something else', 'Check the path.')
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      if (size > maxBytes) throw tooLong(path, maxBytes, size)
      return await read(file, size)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw describeDiskError(error, `read ${path}`)
  }
}

/** The first bytes of a file, fewer where it is shorter. */
export async function readStart(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, filled)
    if (bytesRead === 0) return bytes.subarray(0, filled)
    filled += bytesRead
  }
  return bytes
}

function tooLong(path: string, maxBytes: number, size: number): Error {
  return invalidFile(path, `at most ${groupDigits(maxBytes)} bytes`, `${groupDigits(size)} bytes`)
}
