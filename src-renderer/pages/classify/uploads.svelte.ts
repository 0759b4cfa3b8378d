// Files on their way to Atelier, piece by piece and a few at once. A file that cannot be read or is refused is told and
// stops no other; without a connection, or without room, nothing goes on.
import type { Client } from '#shared/client.ts'
import { UPLOAD_PIECE_BYTES } from '#shared/contract/photos.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { BroughtFile } from './brought-files.ts'

/** More would not be faster: the wire is one. */
const AT_ONCE = 4

export interface RefusedFile {
  readonly file: string
  readonly reason: string
}

export class Uploads {
  /** Null while nothing is sent. */
  progress: { readonly files: number; readonly of: number; readonly share: number } | null = $state.raw(null)
  /** Of what was brought last. */
  refused: readonly RefusedFile[] = $state.raw([])
  readonly #client: Client
  #ending = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  /**
   * @returns the ids of the files that have arrived, in their order; null when it was cancelled
   * @throws Failure 'unavailable' where nothing can be sent any more
   */
  async send(files: readonly BroughtFile[]): Promise<string[] | null> {
    const ending = new AbortController()
    this.#ending.abort()
    this.#ending = ending
    this.refused = []
    const all = files.reduce((sum, { file }) => sum + file.size, 0)
    const sent = { files: 0, bytes: 0 }
    const tell = (): void => {
      if (ending.signal.aborted) return
      const share = all === 0 ? sent.files / files.length : sent.bytes / all
      this.progress = { files: sent.files, of: files.length, share }
    }
    tell()
    const ids: (string | null)[] = files.map(() => null)
    const waiting = files.entries()
    const work = async (): Promise<void> => {
      for (const [place, brought] of waiting) {
        ids[place] = await this.#sendOne(brought, ending.signal, (bytes) => {
          sent.bytes += bytes
          tell()
        })
        sent.files++
        tell()
        if (ending.signal.aborted) return
      }
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work))
    } catch (error) {
      ending.abort()
      throw error
    } finally {
      if (this.#ending === ending) this.progress = null
    }
    return ending.signal.aborted ? null : ids.filter((id) => id !== null)
  }

  cancel(): void {
    this.#ending.abort()
    this.progress = null
  }

  dismiss(): void {
    this.refused = []
  }

  async #sendOne(
    { name, file }: BroughtFile,
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ): Promise<string | null> {
    try {
      let uploadId: string | null = null
      let offset = 0
      do {
        const piece = file.slice(offset, offset + UPLOAD_PIECE_BYTES)
        const content = { uploadId, name, bytes: file.size, offset, piece: await toBase64(piece) }
        const answer = await this.#client.photos.upload(content, { signal })
        uploadId = answer.uploadId
        onSent(answer.received - offset)
        offset = answer.received
      } while (offset < file.size)
      return uploadId
    } catch (error) {
      if (signal.aborted) return null
      const { code, message } = describeFailure(error)
      if (code === 'unavailable') throw error
      this.refused = [...this.refused, { file: name, reason: message }]
      return null
    }
  }
}

/** The browser does it beside the page. @throws Failure for a file that cannot be read any more */
function toBase64(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '')
    reader.onerror = () =>
      reject(
        new Failure('invalid-file', 'This file could not be read. It may have been moved: bring it again.'),
      )
    reader.readAsDataURL(content)
  })
}
