// Reads one IDX file, plain or packed by gzip, which is told by its content. Sizes are checked before memory is taken.
import type { FileHandle } from 'node:fs/promises'
import {
  checkIdxLength,
  IDX_HEADER_BYTES,
  IDX_LIMITS,
  parseIdxHeader,
  parseIdxImages,
  parseIdxLabels,
  type IdxImages,
  type IdxKind,
  type IdxLabels,
} from '#shared/core/datasets/idx.ts'
import { readStart, withFile } from './read-file.ts'
import { unpackIdx } from './unpack-idx.ts'

const MAX_FILE_BYTES = IDX_LIMITS.bytes + IDX_HEADER_BYTES.images

/**
 * Reads a file of images.
 * @throws Failure 'not-found' or 'unavailable' when it cannot be read, 'invalid-file' when it is not exactly right
 */
export async function readIdxImages(path: string): Promise<IdxImages> {
  return parseIdxImages(await readIdxBytes(path, 'images'), path)
}

/** Reads a file of labels; throws as readIdxImages does. */
export async function readIdxLabels(path: string): Promise<IdxLabels> {
  return parseIdxLabels(await readIdxBytes(path, 'labels'), path)
}

async function readIdxBytes(path: string, kind: IdxKind): Promise<Uint8Array> {
  return withFile(path, MAX_FILE_BYTES, async (file, size) => {
    const start = await readStart(file, IDX_HEADER_BYTES[kind])
    if (isGzip(start)) return unpackIdx(streamFrom(file), size, kind, path)
    const header = parseIdxHeader(start, kind, path)
    checkIdxLength(header, size, path)
    return readStart(file, header.fileBytes)
  })
}

function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

function streamFrom(file: FileHandle) {
  return file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 })
}
