// From the bytes of a file to upright sRGB pixels, a few hundred a side: the one place that knows sharp. It runs in the
// decoder process alone, because a decoder in native code is what a hostile file attacks.
import sharp from 'sharp'
import type { Photo } from '#shared/core/photo/photo.ts'
import { Failure } from '#shared/failure.ts'
import { KIND_NAMES, PHOTO_LIMITS } from '#shared/photo-files.ts'
import { MAX_PHOTO_SIDE } from '#shared/preparation.ts'
import { readPhotoHeader } from './photo-header.ts'

/** What libvips may load at all; the others are closed, whatever a file says that it is. */
const LOADERS = ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif']

const THUMBNAIL_SIDE = 96

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: LOADERS })
sharp.cache(false)
sharp.concurrency(1) // two processes decode side by side

/** Upright, and smaller where it was large; the same bytes always give the same pixels. */
export interface DecodedPhoto extends Photo {
  /** As stored in the file, upright. */
  readonly originalWidth: number
  readonly originalHeight: number
}

/**
 * Turned as its EXIF says, its colours taken to sRGB, alpha kept; of an animation the first picture.
 * @throws Failure 'invalid-file' with a sentence, for whatever is not decoded
 */
export async function decodePhoto(bytes: Uint8Array): Promise<DecodedPhoto> {
  const { kind } = readPhotoHeader(bytes)
  try {
    return await decode(bytes)
  } catch (error) {
    const said = error instanceof Error ? describeReason(error.message) : ''
    const advice = 'Open it in another program and save it anew, or leave it out.'
    throw new Failure('invalid-file', `This ${KIND_NAMES[kind]} file is damaged${said}. ${advice}`, {
      cause: error,
    })
  }
}

async function decode(bytes: Uint8Array): Promise<DecodedPhoto> {
  const source = sharp(bytes, {
    failOn: 'error',
    limitInputPixels: PHOTO_LIMITS.pixels,
    sequentialRead: true,
    pages: 1,
  })
  const { autoOrient } = await source.metadata()
  const { data, info } = await source
    .autoOrient()
    .resize({ width: MAX_PHOTO_SIDE, height: MAX_PHOTO_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return {
    width: info.width,
    height: info.height,
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
    originalWidth: autoOrient.width,
    originalHeight: autoOrient.height,
  }
}

/** A JPEG to show the photo by, small enough to be kept with its answer. */
export async function drawThumbnail({ width, height, pixels }: Photo): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 4 } })
      .flatten({ background: '#ffffff' })
      .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 70 })
      .toBuffer(),
  )
}

/** The whole photo on white, as `side * side` pixels of RGB: nothing is cropped, what is missing is white. */
export async function drawSquare({ width, height, pixels }: Photo, side: number): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 4 } })
      .flatten({ background: '#ffffff' })
      .resize({ width: side, height: side, fit: 'contain', background: '#ffffff' })
      .raw({ depth: 'uchar' })
      .toBuffer(),
  )
}

/** libvips says much, on many lines; the first one is told where it says something. */
function describeReason(message: string): string {
  const [line = ''] = message.split('\n')
  const reason = line
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replace(/[\s:.]+$/, '')
    .slice(0, 160)
  return reason === '' || reason === 'Unknown error' ? '' : ` (${reason})`
}
