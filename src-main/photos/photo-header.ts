// What a photo says of its size, read from its header without a decoder: a picture that would be too large is refused
// before anything is allocated for it. Formats: ITU T.81 (JPEG), W3C PNG, RFC 9649 (WebP), GIF89a.
import { Failure } from '#shared/failure.ts'
import { KIND_NAMES, PHOTO_LIMITS, type PhotoKind } from '#shared/photo-files.ts'
import { readGifHeader } from './header/gif.ts'
import { readJpegHeader } from './header/jpeg.ts'
import { readPngHeader } from './header/png.ts'
import { readWebpHeader } from './header/webp.ts'
import { findPhotoKind, KIND_BYTES } from './photo-kind.ts'

export interface PhotoSize {
  /** As stored, before it is turned upright. */
  readonly width: number
  readonly height: number
  /** Pictures of an animation; 1 for all others. */
  readonly frames: number
}

export interface PhotoHeader extends PhotoSize {
  readonly kind: PhotoKind
}

/** @returns null for a header that is not whole */
type ReadSize = (bytes: Uint8Array) => PhotoSize | null

const READERS: Readonly<Record<PhotoKind, ReadSize>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  gif: readGifHeader,
}

/**
 * @param bytes the whole file
 * @throws Failure 'invalid-file' for what is no photo, is broken off or is larger than the limits
 */
export function readPhotoHeader(bytes: Uint8Array): PhotoHeader {
  const kind = findPhotoKind(bytes.subarray(0, KIND_BYTES))
  const size = READERS[kind](bytes)
  if (size === null) {
    throw refuse(`This ${KIND_NAMES[kind]} file is damaged or broken off. Copy it again, or save it anew.`)
  }
  checkSize(size, KIND_NAMES[kind])
  return { kind, ...size }
}

/** @throws Failure 'invalid-file' for a file that is empty or too large to be read */
export function checkFileSize(bytes: number): void {
  if (bytes <= PHOTO_LIMITS.bytes) return
  const limit = PHOTO_LIMITS.bytes / 1024 / 1024
  throw refuse(
    `This file has ${Math.ceil(bytes / 1024 / 1024)} MB; at most ${limit} are read. Save it smaller.`,
  )
}

function checkSize({ width, height, frames }: PhotoSize, name: string): void {
  const { pixels, side, frames: maxFrames } = PHOTO_LIMITS
  if (width < 1 || height < 1) throw refuse(`This ${name} file says that it is empty. Save it anew.`)
  if (width * height > pixels || Math.max(width, height) > side) {
    const found = `${width.toLocaleString('en')} x ${height.toLocaleString('en')} pixels`
    const allowed = `${pixels / 1_000_000} million pixels and ${side.toLocaleString('en')} a side`
    throw refuse(`This ${name} picture has ${found}; at most ${allowed} are decoded. Save it smaller.`)
  }
  if (frames > maxFrames) {
    const limit = maxFrames.toLocaleString('en')
    throw refuse(`This ${name} animation has more than ${limit} pictures. Save one of them as PNG.`)
  }
}

function refuse(sentence: string): Failure {
  return new Failure('invalid-file', sentence)
}
