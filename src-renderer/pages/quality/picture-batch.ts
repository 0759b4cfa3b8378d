// Pictures for rows that come into sight: what is asked for at one moment is read in one call, and kept for a while.
import type { ImageLibrary } from '../../state/image-library.svelte.ts'
import { bytesOfImage } from '../../parts/images/tones.ts'

/** As many as one call may ask for. */
const MAX_READ = 1024
const KEPT = 4000

interface Waiting {
  readonly image: number
  readonly resolve: (pixels: Uint8Array) => void
  readonly reject: (error: unknown) => void
}

export class PictureBatch {
  readonly #library: ImageLibrary
  readonly #kept = new Map<number, Promise<Uint8Array>>()
  #waiting: Waiting[] = []

  constructor(library: ImageLibrary) {
    this.#library = library
  }

  /** The bytes of one image. Rejects with what the call refuses with. */
  read(image: number): Promise<Uint8Array> {
    const known = this.#kept.get(image)
    if (known !== undefined) return known
    const reading = new Promise<Uint8Array>((resolve, reject) => {
      if (this.#waiting.length === 0) queueMicrotask(() => void this.#flush())
      this.#waiting.push({ image, resolve, reject })
    })
    this.#kept.set(image, reading)
    reading.catch(() => this.#kept.delete(image)) // asked for again, it is tried again
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return reading
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting.splice(0, MAX_READ)
    if (this.#waiting.length > 0) queueMicrotask(() => void this.#flush())
    const size = bytesOfImage(this.#library.format)
    try {
      const blob = await this.#library.pixels.read(waiting.map(({ image }) => image))
      const pixels = new Uint8Array(await blob.arrayBuffer())
      waiting.forEach(({ resolve }, at) => resolve(pixels.subarray(at * size, (at + 1) * size)))
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }
}
