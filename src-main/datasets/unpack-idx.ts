// Unpacks a gzip file of IDX data into exactly the space that its header asks for, and stops at the first byte more.
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import {
  checkIdxLength,
  IDX_HEADER_BYTES,
  parseIdxHeader,
  type IdxHeader,
  type IdxKind,
} from '#shared/core/datasets/idx.ts'
import { groupDigits, invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { errorCode } from '../files/disk-failure.ts'

/** Up to here any ratio will do; above, so little packed data for so much memory is a bomb (photographs: 2 to 10). */
const UNSUSPICIOUS_BYTES = 64 * 2 ** 20
const MAX_RATIO = 100

/**
 * @param packed the stream of `packedBytes` bytes that the file has
 * @returns the whole IDX file, header included
 * @throws Failure 'invalid-file' for damaged gzip data, a bad header, too much or too little data
 */
export async function unpackIdx(
  packed: Readable,
  packedBytes: number,
  kind: IdxKind,
  name: string,
): Promise<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  try {
    let unpacked = new Uint8Array()
    await pipeline(packed, gunzip, async (chunks: AsyncIterable<Uint8Array>) => {
      unpacked = await collect(chunks, packedBytes, kind, name)
    })
    checkNothingFollows(gunzip.bytesWritten, packedBytes, name)
    return unpacked
  } catch (error) {
    if (error instanceof Error && errorCode(error)?.startsWith('Z_')) {
      throw invalidFile(name, 'a whole gzip file', `damaged data (${error.message})`)
    }
    throw error
  }
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  packedBytes: number,
  kind: IdxKind,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let unpacked = new Uint8Array()
  let filled = 0
  for await (const chunk of joinStart(chunks, IDX_HEADER_BYTES[kind])) {
    if (filled === 0) unpacked = allocate(parseIdxHeader(chunk, kind, name), packedBytes, name)
    if (filled + chunk.length > unpacked.length) throw tooMuch(unpacked.length, name)
    unpacked.set(chunk, filled)
    filled += chunk.length
  }
  checkIdxLength(parseIdxHeader(unpacked, kind, name), filled, name)
  return unpacked
}

/** The same bytes, cut so that the first piece has at least `length` of them, if there are as many. */
async function* joinStart(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array()
  for await (const chunk of chunks) {
    if (start === null) yield chunk
    else {
      start = Buffer.concat([start, chunk])
      if (start.length < length) continue
      yield start
      start = null
    }
  }
  if (start !== null) yield start
}

function allocate(header: IdxHeader, packedBytes: number, name: string): Uint8Array<ArrayBuffer> {
  const allowed = Math.max(UNSUSPICIOUS_BYTES, MAX_RATIO * packedBytes)
  if (header.fileBytes <= allowed) return new Uint8Array(header.fileBytes)
  const expected = `at most ${groupDigits(allowed)} bytes out of ${groupDigits(packedBytes)} packed ones`
  throw invalidFile(name, expected, `a header that announces ${groupDigits(header.fileBytes)}`)
}

function tooMuch(expectedBytes: number, name: string): Error {
  return invalidFile(name, `${groupDigits(expectedBytes)} bytes as its header says`, 'more than that')
}

/** Node's gunzip stops silently at padding after the last member; an exact file has none. */
function checkNothingFollows(usedBytes: number, packedBytes: number, name: string): void {
  if (usedBytes === packedBytes) return
  const extra = groupDigits(packedBytes - usedBytes)
  throw invalidFile(name, 'nothing after the end of the gzip data', `${extra} bytes`)
}
