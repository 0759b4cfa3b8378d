// Ids of datasets are names of folders too, so they are plain enough for every file system.
import { Failure } from '#shared/failure.ts'

const MAX_LENGTH = 64
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/
const RESERVED_BY_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)$/

export function isDatasetId(text: string): boolean {
  return text.length <= MAX_LENGTH && ID.test(text) && !RESERVED_BY_WINDOWS.test(text)
}

/** @throws Failure 'invalid-setting' unless the text can name a dataset */
export function parseDatasetId(text: string): string {
  if (isDatasetId(text)) return text
  const expected = `expected at most ${MAX_LENGTH} small letters, digits and single hyphens, such as my-digits`
  throw new Failure('invalid-setting', `dataset id: ${expected}, found ${JSON.stringify(text)}.`)
}

/** An id out of a folder's name: 'My Digits (2)' becomes 'my-digits-2'. */
export function datasetIdFrom(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const id = words.join('-').slice(0, MAX_LENGTH).replace(/-$/, '')
  return isDatasetId(id) ? id : 'dataset'
}
