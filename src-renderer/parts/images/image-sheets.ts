// The pictures behind a long list of images, fetched 256 at a time in the order of the list and kept up to a bound. What
// is in sight is fetched first, then what lies ahead; what was asked for and is out of sight again is asked for no more.
import { bytesOfImage, drawImage, type PixelFormat } from './tones.ts'

export interface PixelSource extends PixelFormat {
  /** The bytes of images in the order asked for; rejects with what is to be told. */
  read(images: number[]): Promise<Blob>
}

/** Images of a sheet and how they lie in its picture, 16 in a row. */
export const SHEET_SIZE = 256
export const SHEET_COLUMNS = 16

const MAX_BYTES = 64 * 1024 * 1024
/** Sheets beyond what is in sight, on the side that is scrolled to. */
const AHEAD = 5
const MAX_READS = 4

interface Sheet {
  readonly images: Uint32Array
  readonly picture: ImageBitmap
}

export class ImageSheets {
  readonly format: PixelFormat
  readonly #source: PixelSource
  readonly #maxSheets: number
  readonly #onchange: () => void
  #list = new Uint32Array()
  /** By number, the one drawn last at the end. */
  readonly #sheets = new Map<number, Sheet>()
  readonly #reading = new Set<number>()
  #wanted: readonly number[] = []
  #problem: unknown = null

  /** @param onchange called when there is more to draw, or a problem to tell */
  constructor(source: PixelSource, onchange: () => void) {
    this.format = source
    this.#source = source
    this.#onchange = onchange
    this.#maxSheets = Math.max(16, Math.floor(MAX_BYTES / (SHEET_SIZE * source.height * source.width * 4)))
  }

  /** Why the last read failed, or null; asking again tries again. */
  get problem(): unknown {
    return this.#problem
  }

  get sheetCount(): number {
    return this.#sheets.size
  }

  /** Sheets whose images stay where they are in the list are kept. */
  setList(list: Uint32Array<ArrayBuffer>): void {
    this.#list = list
    for (const [number, sheet] of this.#sheets)
      if (!isSame(sheet.images, this.#imagesOf(number))) this.#drop(number)
  }

  /** The picture that holds the image at a place in the list, or null while it is not here. */
  find(place: number): ImageBitmap | null {
    const number = Math.floor(place / SHEET_SIZE)
    return this.#sheets.get(number)?.picture ?? null
  }

  /** Whether nothing is missing between two places of the list. */
  hasAll(first: number, last: number): boolean {
    for (let number = Math.floor(first / SHEET_SIZE); number <= Math.floor(last / SHEET_SIZE); number++)
      if (!this.#sheets.has(number)) return false
    return true
  }

  /** Says which places are in sight, and which way they move. */
  want(first: number, last: number, direction: 1 | -1): void {
    const from = Math.floor(first / SHEET_SIZE)
    const to = Math.floor(last / SHEET_SIZE)
    const inSight = Array.from({ length: to - from + 1 }, (_, step) => from + step)
    const ahead = Array.from({ length: AHEAD }, (_, step) =>
      direction === 1 ? to + 1 + step : from - 1 - step,
    )
    for (const number of inSight) this.#touch(number)
    this.#wanted = [...inSight, ...ahead].filter((number) => this.#imagesOf(number).length > 0)
    this.#readNext()
  }

  retry(): void {
    this.#problem = null
    this.#readNext()
  }

  close(): void {
    this.#wanted = []
    this.#list = new Uint32Array()
    for (const number of [...this.#sheets.keys()]) this.#drop(number)
  }

  #imagesOf(number: number): Uint32Array {
    return number < 0
      ? new Uint32Array()
      : this.#list.subarray(number * SHEET_SIZE, (number + 1) * SHEET_SIZE)
  }

  #readNext(): void {
    if (this.#problem !== null) return
    for (const number of this.#wanted) {
      if (this.#reading.size >= MAX_READS) return
      if (!this.#sheets.has(number) && !this.#reading.has(number)) void this.#read(number)
    }
  }

  async #read(number: number): Promise<void> {
    const images = this.#imagesOf(number)
    this.#reading.add(number)
    try {
      const pixels = new Uint8Array(await (await this.#source.read([...images])).arrayBuffer())
      const picture = await createImageBitmap(this.#drawSheet(images.length, pixels))
      if (isSame(images, this.#imagesOf(number))) this.#keep(number, { images, picture })
      else picture.close()
    } catch (error) {
      this.#problem = error
    } finally {
      this.#reading.delete(number)
      this.#onchange()
      this.#readNext()
    }
  }

  #drawSheet(count: number, pixels: Uint8Array): ImageData {
    const { height, width } = this.format
    const size = bytesOfImage(this.format)
    const sheet = new ImageData(SHEET_COLUMNS * width, Math.ceil(count / SHEET_COLUMNS) * height)
    for (let place = 0; place < count; place++) {
      const image = pixels.subarray(place * size, (place + 1) * size)
      const row = Math.floor(place / SHEET_COLUMNS)
      drawImage(sheet, this.format, image, (place % SHEET_COLUMNS) * width, row * height)
    }
    return sheet
  }

  #keep(number: number, sheet: Sheet): void {
    this.#drop(number)
    this.#sheets.set(number, sheet)
    for (const old of [...this.#sheets.keys()].slice(0, -this.#maxSheets)) this.#drop(old)
  }

  #touch(number: number): void {
    const sheet = this.#sheets.get(number)
    if (sheet === undefined) return
    this.#sheets.delete(number)
    this.#sheets.set(number, sheet)
  }

  #drop(number: number): void {
    this.#sheets.get(number)?.picture.close()
    this.#sheets.delete(number)
  }
}

function isSame(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((image, place) => image === other[place])
}
