// One file inside the decoder process: checked, read, decoded, prepared.
import { open } from 'node:fs/promises'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { Failure } from '#shared/failure.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import { decodePhoto, drawSquare, drawThumbnail } from './decode-photo.ts'
import { checkFileSize } from './photo-header.ts'
import type { DecoderAnswer, PhotoQuestion } from './photo-messages.ts'

/**
 * @param onDecoded is called when the part is over that a hostile file could make long
 * @throws Failure with the sentence that says why the file is refused
 */
export async function answerDecoder(question: PhotoQuestion, onDecoded: () => void): Promise<DecoderAnswer> {
  const photo = await decodePhoto(await readPhoto(question.path))
  onDecoded()
  if (question.wants === 'square') {
    return { type: 'square', pixels: await drawSquare(photo, question.side) }
  }
  const { settings, edit, wants } = question
  const { input, measures, steps } = preparePhoto(photo, settings, edit ?? undefined)
  return {
    type: 'prepared',
    originalWidth: photo.originalWidth,
    originalHeight: photo.originalHeight,
    input,
    measures,
    thumbnail: await drawThumbnail(photo),
    steps: wants === 'steps' ? steps.map((step) => ({ ...step })) : [],
  }
}

/** A pipe or a device would never end, so only plain files are opened, up to the limit. */
async function readPhoto(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const stats = await file.stat()
      if (!stats.isFile())
        throw new Failure('invalid-file', 'This is no file. Drop photos, or folders of them.')
      checkFileSize(stats.size)
      return new Uint8Array(await file.readFile())
    } finally {
      await file.close()
    }
  } catch (error) {
    throw describeDiskError(error, `read ${path}`)
  }
}
