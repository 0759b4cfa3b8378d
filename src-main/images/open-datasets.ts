// The datasets that the image thread holds in memory: the ones used last, up to a bound, with what was computed of them.
import type { ImageSource } from '#shared/contract/images.ts'
import { joinImages, type JoinedImages } from '#shared/core/images/joined-images.ts'
import { averageClasses, measureBrightness } from '#shared/core/images/image-values.ts'
import type { HashedDataset } from '../datasets/content-hash.ts'
import type { DatasetLibrary } from '../datasets/dataset-library.ts'

/** Nine times Fashion-MNIST. The dataset in use stays, however large it is. */
const MAX_BYTES = 512 * 1024 * 1024

/** A dataset in memory, and what has been computed of its pixels. */
export class OpenDataset {
  readonly dataset: HashedDataset
  readonly images: JoinedImages
  #brightness: Float32Array | null = null
  #classImages: Uint8Array<ArrayBuffer> | null = null

  constructor(dataset: HashedDataset) {
    this.dataset = dataset
    this.images = joinImages(dataset)
  }

  get bytes(): number {
    return this.images.count * this.images.imageSize
  }

  brightness(): Float32Array {
    return (this.#brightness ??= measureBrightness(this.images))
  }

  classImages(): Uint8Array<ArrayBuffer> {
    return (this.#classImages ??= averageClasses(this.images))
  }
}

export class OpenDatasets {
  readonly #library: Pick<DatasetLibrary, 'load' | 'loadFolder'>
  readonly #maxBytes: number
  /** By source, the one used last at the end. */
  readonly #open = new Map<string, Promise<OpenDataset>>()

  constructor(library: Pick<DatasetLibrary, 'load' | 'loadFolder'>, maxBytes = MAX_BYTES) {
    this.#library = library
    this.#maxBytes = maxBytes
  }

  get count(): number {
    return this.#open.size
  }

  /**
   * @param hash what its content must have; it is read again where it has another
   * @throws Failure when it is not there or not readable
   */
  async read({ datasetId, directory }: ImageSource, hash?: string): Promise<OpenDataset> {
    const key = directory === null ? `library ${datasetId}` : `folder ${directory}`
    const known = this.#open.get(key)
    this.#open.delete(key)
    const isKnown = known !== undefined && (hash === undefined || (await hashOf(known)) === hash)
    const opening = isKnown ? known : this.#load({ datasetId, directory })
    this.#open.set(key, opening)
    try {
      const open = await opening
      await this.#keepWithinBounds()
      return open
    } catch (error) {
      if (this.#open.get(key) === opening) this.#open.delete(key)
      throw error
    }
  }

  forget(): void {
    this.#open.clear()
  }

  async #load({ datasetId, directory }: ImageSource): Promise<OpenDataset> {
    const library = this.#library
    return new OpenDataset(
      await (directory === null ? library.load(datasetId) : library.loadFolder(directory)),
    )
  }

  /** Gives up the ones used longest ago; the last one always stays. */
  async #keepWithinBounds(): Promise<void> {
    let bytes = 0
    for (const [key, opening] of [...this.#open].reverse()) {
      bytes += await opening.then((open) => open.bytes).catch(() => 0)
      if (bytes > this.#maxBytes && key !== [...this.#open.keys()].at(-1)) this.#open.delete(key)
    }
  }
}

/** Null for one that could not be read. */
function hashOf(opening: Promise<OpenDataset>): Promise<string | null> {
  return opening.then(({ dataset }) => dataset.hash).catch(() => null)
}
