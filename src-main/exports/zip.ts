// ZIP archives: equal content gives equal bytes, and what is unpacked has met its limits before one byte is inflated.
// The work is done in threads of fflate's own.
import { unzip, unzipSync, zip, zipSync } from 'fflate'
import { Failure } from '#shared/failure.ts'
import type { ExportedFile } from './exported-model.ts'

/** The same time for all: equal content gives equal archives. */
const OPTIONS = { mtime: new Date('1980-01-01T00:00:00') }
/** What deflate adds at most to what it cannot make smaller: 5 bytes for each block, and a little. */
const MAX_GROWTH = 1.01
const SMALL = 1024

export interface ZipLimits {
  readonly entries: number
  /** Of one entry, inflated. */
  readonly entryBytes: number
  /** Of all of them. */
  readonly bytes: number
  /** Names that may be in it. */
  readonly names: RegExp
}

/** For a few small files. */
export function packZip(files: readonly ExportedFile[]): Uint8Array {
  return zipSync(toRecord(files), OPTIONS)
}

export function packLargeZip(files: readonly ExportedFile[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip(toRecord(files), OPTIONS, (error, bytes) => {
      if (error === null) resolve(bytes)
      else reject(error)
    })
  })
}

/**
 * @param name of the archive, for messages
 * @throws Failure 'invalid-file' for what is no archive, is damaged, or is larger than `limits` allow
 */
export async function unpackZip(
  bytes: Uint8Array,
  name: string,
  limits: ZipLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  checkEntries(listEntries(bytes, name), name, limits)
  const files = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(bytes, (error, content) => {
      if (error === null) resolve(content)
      else reject(refuse(name, 'its content is damaged', error))
    })
  })
  return new Map(Object.entries(files))
}

interface Entry {
  readonly name: string
  readonly size: number
  readonly originalSize: number
}

/** From the archive's directory alone; nothing is inflated. */
function listEntries(bytes: Uint8Array, name: string): readonly Entry[] {
  const entries: Entry[] = []
  try {
    unzipSync(bytes, { filter: (entry) => (entries.push(entry), false) })
  } catch (error) {
    throw refuse(name, 'it is no ZIP archive', error)
  }
  return entries
}

function checkEntries(entries: readonly Entry[], name: string, limits: ZipLimits): void {
  if (entries.length > limits.entries)
    throw refuse(name, `it has ${entries.length} entries, at most ${limits.entries} are taken`)
  const names = new Set<string>()
  let total = 0
  for (const { name: entry, size, originalSize } of entries) {
    if (!limits.names.test(entry) || names.has(entry))
      throw refuse(name, `${JSON.stringify(entry.slice(0, 100))} does not belong into it`)
    names.add(entry)
    total += originalSize
    if (originalSize > limits.entryBytes || total > limits.bytes)
      throw refuse(name, `it would take more than ${Math.floor(limits.bytes / 2 ** 20)} MiB unpacked`)
    if (size > originalSize * MAX_GROWTH + SMALL)
      throw refuse(name, `${entry} claims to be smaller than it is`)
  }
}

function toRecord(files: readonly ExportedFile[]): Record<string, Uint8Array> {
  return Object.fromEntries(files.map((file) => [file.name, file.bytes]))
}

function refuse(name: string, reason: string, cause?: unknown): Failure {
  return new Failure('invalid-file', `${name} cannot be read: ${reason}.`, { cause })
}
