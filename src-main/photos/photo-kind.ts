// What a file is, by its first bytes and never by its name. Four kinds are decoded; the others are refused with a
// sentence that says what to do instead.
import { Failure } from '#shared/failure.ts'
import type { PhotoKind } from '#shared/photo-files.ts'

/** As many bytes as are looked at. */
export const KIND_BYTES = 1024

const READS = 'Atelier reads JPEG, PNG, WebP and GIF'

interface Foreign {
  readonly is: (start: Uint8Array) => boolean
  readonly sentence: string
}

/** Sorted: the first that fits is taken. */
const FOREIGN: readonly Foreign[] = [
  {
    is: (start) => isBox(start, ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']),
    sentence:
      'This is a HEIC photo, as iPhones save them, which is not decoded here. Save it as JPEG (on the phone: ' +
      'Settings, Camera, Formats, Most Compatible).',
  },
  {
    is: (start) => isBox(start, ['avif', 'avis']),
    sentence: 'This is an AVIF picture, which is not decoded here. Save it as JPEG or PNG.',
  },
  {
    is: (start) => isBox(start, null),
    sentence: 'This is a film, not a photo. Save a single picture of it as JPEG or PNG.',
  },
  {
    is: (start) => begins(start, 'II*\0') || begins(start, 'MM\0*') || begins(start, 'II+\0'),
    sentence:
      'This is a TIFF picture or a camera’s raw file, which is not decoded here. Save it as JPEG or PNG.',
  },
  {
    is: (start) => begins(start, '%PDF'),
    sentence: 'This is a PDF document. Save its picture as JPEG or PNG, and drop that.',
  },
  {
    is: isSvg,
    sentence: 'This is an SVG drawing, which could carry programs and is never opened. Export it as PNG.',
  },
  { is: (start) => begins(start, 'BM'), sentence: `This is a BMP picture. ${READS}: save it as PNG.` },
  {
    is: (start) => begins(start, '8BPS'),
    sentence: 'This is a Photoshop document. Export it as JPEG or PNG.',
  },
  {
    is: (start) => begins(start, '\0\0\u0001\0') || begins(start, '\0\0\u0002\0'),
    sentence: 'This is an icon. Save it as PNG.',
  },
  {
    is: (start) => begins(start, '\0\0\0\u000cJXL ') || begins(start, '\u00ff\u000a'),
    sentence: 'This is a JPEG XL picture, which is not decoded here. Save it as JPEG or PNG.',
  },
  {
    is: (start) => begins(start, '\0\0\0\u000cjP  ') || begins(start, '\u00ff\u004f\u00ff\u0051'),
    sentence: 'This is a JPEG 2000 picture, which is not decoded here. Save it as JPEG or PNG.',
  },
  {
    is: (start) => begins(start, 'PK\u0003\u0004') || begins(start, '\u001f\u008b') || begins(start, 'Rar!'),
    sentence: 'This is an archive. Unpack it, and drop the photos in it.',
  },
  {
    is: (start) => begins(start, 'MZ') || begins(start, '\u007fELF') || begins(start, '#!'),
    sentence: 'This is a program, not a photo. It was not opened.',
  },
]

/**
 * @param start the first 1,024 bytes of the file, or as many as it has
 * @throws Failure 'invalid-file' for everything that is not decoded, with what to do
 */
export function findPhotoKind(start: Uint8Array): PhotoKind {
  const kind = recognise(start)
  if (kind !== null) return kind
  if (start.length === 0) throw refuse('This file is empty. Copy it again from where it comes from.')
  const foreign = FOREIGN.find(({ is }) => is(start))
  if (foreign !== undefined) throw refuse(foreign.sentence)
  const what = isText(start) ? 'This file is text' : 'This file is no picture of a kind that is known here'
  throw refuse(`${what}. ${READS}; what it is called does not matter.`)
}

/** Whether the first bytes are those of a photo that is decoded here. */
export function isPhoto(start: Uint8Array): boolean {
  return recognise(start) !== null
}

function recognise(start: Uint8Array): PhotoKind | null {
  if (begins(start, '\u00ff\u00d8\u00ff')) return 'jpeg'
  if (begins(start, '\u0089PNG\r\n\u001a\n')) return 'png'
  if (begins(start, 'GIF87a') || begins(start, 'GIF89a')) return 'gif'
  if (begins(start, 'RIFF') && textAt(start, 8, 4) === 'WEBP') return 'webp'
  return null
}

function refuse(sentence: string): Failure {
  return new Failure('invalid-file', sentence)
}

function begins(start: Uint8Array, signature: string): boolean {
  return textAt(start, 0, signature.length) === signature
}

/** Bytes as characters of the same numbers. */
function textAt(start: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...start.subarray(from, from + length))
}

/** @param brands of an ISO media file, or null for any */
function isBox(start: Uint8Array, brands: readonly string[] | null): boolean {
  if (textAt(start, 4, 4) !== 'ftyp') return false
  return brands === null || brands.includes(textAt(start, 8, 4))
}

function isSvg(start: Uint8Array): boolean {
  const text = new TextDecoder().decode(start).trimStart().toLowerCase()
  return text.startsWith('<svg') || (/^<(\?xml|!doctype|!--)/.test(text) && text.includes('<svg'))
}

function isText(start: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return text !== '' && !/[^\P{Cc}\t\r\n]/u.test(text)
  } catch {
    return false // other bytes than those of UTF-8
  }
}
