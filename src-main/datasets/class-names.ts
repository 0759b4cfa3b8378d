// Names of classes: from a file beside the data, one a line, or given by hand. They are untrusted text that is shown.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { readStart, withFile } from './read-file.ts'

const FILE_NAMES = ['class-names.txt', 'labels.txt']
const MAX_FILE_BYTES = 64 * 1024
const MAX_NAME_LENGTH = 100
/** Labels are bytes, so there cannot be more. */
export const MAX_CLASSES = 256
/** Control characters, line separators, and the marks that turn the direction of writing around. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * The names in a folder's class-names.txt or labels.txt, or null where it has neither.
 * @throws Failure 'invalid-file' for a file that is no plain list of names
 */
export async function readClassNames(folder: string): Promise<readonly string[] | null> {
  const present = await readdir(folder)
  const name = FILE_NAMES.find((candidate) => present.includes(candidate))
  if (name === undefined) return null
  const path = join(folder, name)
  return parseClassNames(await withFile(path, MAX_FILE_BYTES, readStart), path)
}

/** @throws Failure 'invalid-file' unless the bytes are UTF-8 text with one usable name a line */
export function parseClassNames(bytes: Uint8Array, file: string): readonly string[] {
  const lines = decode(bytes, file).trimEnd().split(/\r?\n/)
  return checkClassNames(
    lines.map((line) => line.trim()),
    file,
  )
}

/**
 * @param origin names the file or setting in a refusal
 * @throws Failure 'invalid-file' unless there are 2 to 256 different names of 1 to 100 printable characters
 */
export function checkClassNames(names: readonly string[], origin: string): readonly string[] {
  if (names.length < 2 || names.length > MAX_CLASSES) {
    throw refuse(origin, `2 to ${MAX_CLASSES} class names`, `${names.length}`)
  }
  names.forEach((name, i) => {
    checkText(name, `${origin}, class name ${i + 1}`)
    if (names.indexOf(name) !== i)
      throw refuse(origin, 'different class names', `${JSON.stringify(name)} twice`)
  })
  return names
}

/** @throws Failure 'invalid-file' unless a name that people will see has 1 to 100 printable characters */
export function checkText(text: string, origin: string): string {
  if (text.length < 1 || text.length > MAX_NAME_LENGTH) {
    throw refuse(origin, `1 to ${MAX_NAME_LENGTH} characters`, `${text.length}`)
  }
  if (UNPRINTABLE.test(text)) throw refuse(origin, 'printable characters only', escapeUnprintable(text))
  return text
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw refuse(file, 'text in UTF-8', 'other bytes')
  }
}

function escapeUnprintable(text: string): string {
  const everywhere = new RegExp(UNPRINTABLE, 'gu')
  return text.replace(everywhere, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function refuse(origin: string, expected: string, found: string): Error {
  return invalidFile(origin, expected, found, 'Correct the names, one a line.')
}
