// A dataset whose images are being looked at: its format, its labels, the answers of runs, and what reads its pixels.
// Page and quality board each open one; nothing of it is shared between datasets.
import type { Client } from '#shared/client.ts'
import type { ImageFormat, ImageNeighbours, ImageSource, ImageStatistics } from '#shared/contract/images.ts'
import { placeInSplit } from '#shared/images.ts'
import type { ImageCaption } from '../parts/images/caption.ts'
import type { PixelSource } from '../parts/images/image-sheets.ts'

/** What a run answered on every image; probabilities are NaN where it was not asked. */
export interface RunAnswers {
  readonly runId: string
  readonly classes: Uint8Array
  readonly probabilities: Float32Array
}

/** The contract's statistics with the pictures: mean and spread of each class, one after the other. */
export interface ClassStatistics extends ImageStatistics {
  readonly pictures: Uint8Array
}

/** Single images that are kept, so that going back and forth asks for none twice. */
const KEPT_IMAGES = 500

export class ImageLibrary {
  readonly source: ImageSource
  readonly format: ImageFormat
  /** The class that the data names, for every image. */
  readonly labels: Uint8Array
  readonly pixels: PixelSource
  readonly #client: Client
  readonly #kept = new Map<number, Promise<Uint8Array>>()
  #statistics: Promise<ClassStatistics> | null = null

  constructor(client: Client, source: ImageSource, format: ImageFormat, labels: Uint8Array) {
    this.#client = client
    this.source = source
    this.format = format
    this.labels = labels
    const { height, width, channels } = format
    this.pixels = {
      height,
      width,
      channels,
      read: (images) => client.images.readSheet({ ...source, images }),
    }
  }

  get count(): number {
    return this.labels.length
  }

  nameOfClass(label: number): string {
    return this.format.classNames[label] ?? `class ${label}`
  }

  /** 'test 47' */
  nameOf(image: number): string {
    const { split, index } = placeInSplit(image, this.format.trainCount)
    return `${split} ${index}`
  }

  caption(image: number, answers: RunAnswers | null): ImageCaption {
    const label = this.labels[image] ?? 0
    const confidence = answers?.probabilities[image] ?? NaN
    const answered = answers?.classes[image] ?? 0
    return {
      name: this.nameOf(image),
      label: this.nameOfClass(label),
      answer: Number.isNaN(confidence)
        ? null
        : { label: this.nameOfClass(answered), confidence, isRight: answered === label },
    }
  }

  /** @throws what the call refuses with: a run without answers, or one on other data */
  async readAnswers(runId: string): Promise<RunAnswers> {
    const blob = await this.#client.images.readPredictions({ ...this.source, runId })
    const bytes = await blob.arrayBuffer()
    const probabilities = new Float32Array(bytes, 0, this.count)
    return { runId, probabilities, classes: new Uint8Array(bytes, probabilities.byteLength) }
  }

  /** The bytes of one image. @throws what the call refuses with */
  readImage(image: number): Promise<Uint8Array> {
    const known = this.#kept.get(image)
    if (known !== undefined) return known
    const reading = this.pixels.read([image]).then(toBytes)
    this.#kept.set(image, reading)
    reading.catch(() => this.#kept.delete(image))
    for (const old of [...this.#kept.keys()].slice(0, -KEPT_IMAGES)) this.#kept.delete(old)
    return reading
  }

  /** @throws what the call refuses with */
  readStatistics(): Promise<ClassStatistics> {
    this.#statistics ??= this.#askStatistics()
    this.#statistics.catch(() => (this.#statistics = null))
    return this.#statistics
  }

  /** The nearest images of each split by their pixels. @throws what the call refuses with */
  findNeighbours(image: number, count: number): Promise<ImageNeighbours> {
    return this.#client.images.findNeighbours({ ...this.source, image, count })
  }

  async #askStatistics(): Promise<ClassStatistics> {
    const { images } = this.#client
    const [statistics, pictures] = await Promise.all([
      images.readStatistics(this.source),
      images.readClassImages(this.source).then(toBytes),
    ])
    return { ...statistics, pictures }
  }
}

async function toBytes(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}

/** @throws what the host refuses with, where the dataset is not there or not readable */
export async function openImageLibrary(client: Client, source: ImageSource): Promise<ImageLibrary> {
  const [format, labels] = await Promise.all([
    client.images.describe(source),
    client.images.readLabels(source),
  ])
  return new ImageLibrary(client, source, format, new Uint8Array(await labels.arrayBuffer()))
}

/** The numbers of images that a call answered with. */
export async function readList(blob: Blob): Promise<Uint32Array<ArrayBuffer>> {
  return new Uint32Array(await blob.arrayBuffer())
}
