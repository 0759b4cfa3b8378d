// Files that the page sends piece by piece, because a browser tells nobody where they lie. They are kept under the data
// folder as long as a batch uses them; an upload that none uses goes at the next sweep.
import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import type { PhotoSource } from '../store/photo-batches.ts'
import { checkFileSize } from './photo-header.ts'

const MAX_BYTES_IN_ALL = 4 * 1024 ** 3
/** Uploads that no batch has taken yet. */
const MAX_OPEN = 20_000

export interface UploadPiece {
  /** Null for the first piece of a file. */
  readonly uploadId: string | null
  readonly name: string
  /** Of the whole file. */
  readonly bytes: number
  readonly offset: number
  /** In base 64. */
  readonly piece: string
}

interface Upload {
  readonly name: string
  readonly bytes: number
  received: number
}

export class Uploads {
  readonly #folder: string
  readonly #open = new Map<string, Upload>()
  #bytes = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Removes every file that is neither used nor being sent. @param used paths of photos of batches */
  async sweep(used: readonly string[]): Promise<void> {
    const kept = new Set(used)
    await mkdir(this.#folder, { recursive: true })
    this.#bytes = 0
    for (const id of await readdir(this.#folder)) {
      const path = join(this.#folder, id)
      if (kept.has(path) || this.#open.has(id)) this.#bytes += (await stat(path)).size
      else await rm(path, { force: true })
    }
  }

  /** @throws Failure for a piece that does not follow the others, or where there is no room */
  async take({
    uploadId,
    name,
    bytes,
    offset,
    piece,
  }: UploadPiece): Promise<{ uploadId: string; received: number }> {
    checkFileSize(bytes)
    const id = uploadId ?? this.#begin(name, bytes)
    const upload = this.#open.get(id)
    if (upload === undefined)
      throw new Failure('not-found', 'This upload is not known any more. Drop the photo again.')
    const content = Buffer.from(piece, 'base64')
    if (offset !== upload.received || offset + content.length > upload.bytes)
      throw new Failure('conflict', `The pieces of ${upload.name} do not follow each other. Drop it again.`)
    if (this.#bytes + content.length > MAX_BYTES_IN_ALL)
      throw new Failure(
        'unavailable',
        'Four gigabytes of photos are kept already. Delete photo batches first.',
      )
    upload.received += content.length
    this.#bytes += content.length
    await this.#write(id, content)
    return { uploadId: id, received: upload.received }
  }

  /** The files of finished uploads, which are kept until they are handed over. @throws Failure for an unfinished one */
  find(ids: readonly string[]): PhotoSource[] {
    return ids.map((id) => {
      const upload = this.#open.get(id)
      if (upload === undefined)
        throw new Failure('not-found', 'An uploaded photo is not here any more. Drop the photos again.')
      if (upload.received < upload.bytes)
        throw new Failure('conflict', `${upload.name} has not arrived yet. Wait until all photos are here.`)
      return { path: join(this.#folder, id), file: upload.name }
    })
  }

  /** A stored batch uses these from now on. */
  handOver(ids: readonly string[]): void {
    for (const id of ids) this.#open.delete(id)
  }

  #begin(name: string, bytes: number): string {
    if (this.#open.size >= MAX_OPEN)
      throw new Failure('unavailable', 'Too many photos were sent and not classified. Classify them first.')
    const id = randomUUID()
    this.#open.set(id, { name, bytes, received: 0 })
    return id
  }

  async #write(id: string, content: Uint8Array): Promise<void> {
    const path = join(this.#folder, id)
    try {
      await mkdir(this.#folder, { recursive: true })
      await appendFile(path, content)
    } catch (error) {
      this.#open.delete(id)
      throw describeDiskError(error, `write ${path}`)
    }
  }
}
