// What the file of a photo may be, before anything decodes it: the kinds that are read, their limits, and the names by
// which a file in a folder counts as a picture. The page says these limits; whoever decodes keeps them.

export const PHOTO_KINDS = ['jpeg', 'png', 'webp', 'gif'] as const
export type PhotoKind = (typeof PHOTO_KINDS)[number]

export const KIND_NAMES: Readonly<Record<PhotoKind, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
}

/** Larger than what phones and shops make, smaller than what hurts. */
export const PHOTO_LIMITS = {
  bytes: 64 * 1024 * 1024,
  /** Of the picture as it is stored. */
  pixels: 110_000_000,
  side: 30_000,
  /** An animation is read up to its first picture, but its file has to be looked through. */
  frames: 1000,
} as const

/** Pictures by name are taken whatever they hold, so that a broken one is told and not left out. */
const PICTURE_NAME =
  /\.(jpe?g|jfif|png|webp|gif|heic|heif|avif|tiff?|bmp|svg|psd|cr2|nef|arw|dng|raf|jp2|jxl)$/i

export function isCalledPicture(name: string): boolean {
  return PICTURE_NAME.test(name)
}

/** What systems put into folders and nobody sees. */
export function isHiddenName(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX'
}
