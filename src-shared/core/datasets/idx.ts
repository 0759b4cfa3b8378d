// IDX, the file format of MNIST and Fashion-MNIST: two zero bytes, a type, the number of dimensions, each dimension
// as a big-endian uint32, then the bytes. Only unsigned bytes are read, and nothing is believed before it is checked.
// Grey images have three dimensions, as MNIST's do; images in colours a fourth, which is 3.
// Format: http://yann.lecun.com/exdb/mnist/
import type { Channels } from './dataset.ts'
import { groupDigits, invalidFile } from './invalid-file.ts'

export type IdxKind = 'images' | 'labels'

/** What a file may announce; the sides suit the networks here (two poolings need 8 pixels, 64 is four times MNIST). */
export const IDX_LIMITS = { count: 10_000_000, minSide: 8, maxSide: 64, bytes: 2 ** 30 } as const

/** How many bytes at most stand before the data: the magic number and one uint32 for each dimension. */
export const IDX_HEADER_BYTES = { images: 20, labels: 8 } as const

const UNSIGNED_BYTE = 0x08
const DIMENSIONS = { images: 3, colours: 4, labels: 1 } as const
const COLOURS = 3

export interface IdxHeader {
  readonly count: number
  /** 1 for labels, as the width. */
  readonly height: number
  readonly width: number
  readonly channels: Channels
  /** Where the data begins. */
  readonly headerBytes: number
  /** The length of the whole file, header included. */
  readonly fileBytes: number
}

export interface IdxImages {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: Channels
  /** `count * height * width * channels` bytes, image after image, row after row, the colours of a pixel side by side. */
  readonly pixels: Uint8Array
}

export interface IdxLabels {
  readonly count: number
  readonly labels: Uint8Array
}

/**
 * Reads a whole file of images; the pixels are a view on `bytes`, not a copy.
 * @param name names the file in a refusal
 * @throws Failure 'invalid-file' unless magic number, limits and exact length are right
 */
export function parseIdxImages(bytes: Uint8Array, name: string): IdxImages {
  const header = parseIdxHeader(bytes, 'images', name)
  checkIdxLength(header, bytes.length, name)
  const { count, height, width, channels, headerBytes } = header
  return { count, height, width, channels, pixels: viewData(bytes, headerBytes) }
}

/**
 * Reads a whole file of labels; they are a view on `bytes`, not a copy.
 * @param name names the file in a refusal
 * @throws Failure 'invalid-file' unless magic number, limits and exact length are right
 */
export function parseIdxLabels(bytes: Uint8Array, name: string): IdxLabels {
  const header = parseIdxHeader(bytes, 'labels', name)
  checkIdxLength(header, bytes.length, name)
  return { count: header.count, labels: viewData(bytes, header.headerBytes) }
}

/**
 * Reads the header alone, so that a file's announced size is checked before anything is allocated for it.
 * @param start the first IDX_HEADER_BYTES bytes of the file or more, or as many as it has
 * @throws Failure 'invalid-file' where the magic number or a dimension cannot be used
 */
export function parseIdxHeader(start: Uint8Array, kind: IdxKind, name: string): IdxHeader {
  requireHeader(start, headerBytesOf(kind), name)
  const view = new DataView(start.buffer, start.byteOffset, start.length)
  const magic = view.getUint32(0)
  const isColoured = kind === 'images' && magic === magicOf('colours')
  if (!isColoured) checkMagic(magic, kind, name)
  const headerBytes = headerBytesOf(isColoured ? 'colours' : kind)
  requireHeader(start, headerBytes, name)
  const count = view.getUint32(4)
  const height = kind === 'images' ? view.getUint32(8) : 1
  const width = kind === 'images' ? view.getUint32(12) : 1
  const colours = isColoured ? view.getUint32(16) : 1
  if (isColoured && colours !== COLOURS) throw invalidFile(name, `${COLOURS} colours`, groupDigits(colours))
  const channels = isColoured ? COLOURS : 1
  checkLimits(count, height, width, channels, kind, name)
  return {
    count,
    height,
    width,
    channels,
    headerBytes,
    fileBytes: headerBytes + count * height * width * channels,
  }
}

function requireHeader(start: Uint8Array, headerBytes: number, name: string): void {
  if (start.length >= headerBytes) return
  throw invalidFile(name, `an IDX header of ${headerBytes} bytes`, `a file of ${start.length}`)
}

/** @throws Failure 'invalid-file' unless the file is exactly as long as its header says */
export function checkIdxLength(header: IdxHeader, fileBytes: number, name: string): void {
  if (fileBytes === header.fileBytes) return
  const expected = `${groupDigits(header.fileBytes)} bytes as its header says`
  throw invalidFile(name, expected, `${groupDigits(fileBytes)} bytes`)
}

/** Writes images of one size as an IDX file. */
export function encodeIdxImages(images: IdxImages): Uint8Array {
  const { count, height, width, channels, pixels } = images
  if (pixels.length !== count * height * width * channels) {
    const form = `${height} x ${width}${channels === 1 ? '' : ' in colours'}`
    throw new RangeError(`${count} images of ${form} do not have ${pixels.length} bytes`)
  }
  if (channels === 1) return encode('images', [count, height, width], pixels)
  return encode('colours', [count, height, width, channels], pixels)
}

/** Writes labels as an IDX file. */
export function encodeIdxLabels(labels: Uint8Array): Uint8Array {
  return encode('labels', [labels.length], labels)
}

type IdxForm = keyof typeof DIMENSIONS

function headerBytesOf(form: IdxForm): number {
  return 4 + 4 * DIMENSIONS[form]
}

function magicOf(kind: IdxForm): number {
  return (UNSIGNED_BYTE << 8) | DIMENSIONS[kind]
}

function checkMagic(found: number, kind: IdxKind, name: string): void {
  if (found === magicOf(kind)) return
  const other = kind === 'images' ? 'labels' : 'images'
  const meaning = found === magicOf(other) ? `, which is a file of ${other}` : ''
  throw invalidFile(name, `IDX ${kind} starting with ${hex(magicOf(kind))}`, `${hex(found)}${meaning}`)
}

function checkLimits(
  count: number,
  height: number,
  width: number,
  channels: Channels,
  kind: IdxKind,
  name: string,
): void {
  if (count < 1 || count > IDX_LIMITS.count) {
    throw invalidFile(name, `1 to ${groupDigits(IDX_LIMITS.count)} ${kind}`, groupDigits(count))
  }
  if (kind === 'labels') return
  const { minSide, maxSide, bytes } = IDX_LIMITS
  if (Math.min(height, width) < minSide || Math.max(height, width) > maxSide) {
    const sides = `images of ${minSide} to ${maxSide} pixels a side`
    throw invalidFile(name, sides, `${groupDigits(height)} x ${groupDigits(width)}`)
  }
  if (count * height * width * channels > bytes) {
    const found = `${groupDigits(count)} images of ${height} x ${width}${channels === 1 ? '' : ' in colours'}`
    throw invalidFile(name, `at most ${groupDigits(bytes)} bytes in all`, found)
  }
}

function viewData(bytes: Uint8Array, headerBytes: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, bytes.length - headerBytes)
}

function encode(form: IdxForm, dimensions: readonly number[], data: Uint8Array): Uint8Array {
  const headerBytes = headerBytesOf(form)
  const bytes = new Uint8Array(headerBytes + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magicOf(form))
  dimensions.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size)
  })
  bytes.set(data, headerBytes)
  return bytes
}

/** 2051 as '00 00 08 03'. */
function hex(word: number): string {
  return word
    .toString(16)
    .padStart(8, '0')
    .replace(/..(?=.)/g, '$& ')
}
