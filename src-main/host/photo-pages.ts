// Photos in the contract's words: what the store keeps, with pictures as text.
import type { PackedImage, PhotoAnswer, PhotoDetail, PhotoRow } from '#shared/photo-batch.ts'
import type { Judgement } from '#shared/verdict.ts'
import type { TrainingImages } from '../photos/classifier.ts'
import type { JudgeSource } from '../photos/classifier-messages.ts'
import type { PreparedPhoto } from '../photos/photo-messages.ts'
import type { StoredPhoto } from '../store/read-photos.ts'

const TOP = 5

export function describePhoto(photo: StoredPhoto): PhotoRow {
  const { number, file, status, reason, folderLabel, correctedLabel, settings, edit } = photo
  return {
    ...{ number, file, status, reason, folderLabel, correctedLabel },
    predictions: photo.predictions.map(({ runId, label, className, verdict }) => ({
      ...{ runId, label, className, verdict },
    })),
    edited: settings !== null || edit !== null,
    thumbnail: photo.thumbnail === null ? null : toText(photo.thumbnail),
    input: photo.input === null ? null : toText(photo.input),
  }
}

export function describeSteps({ steps }: PreparedPhoto): PhotoDetail['steps'] {
  return steps.map(({ name, title, note, image }) => ({ name, title, note, image: packImage(image) }))
}

/** @param images of the neighbours, in their order, or null where the data is gone */
export function describeAnswer(
  { runId, classNames }: JudgeSource,
  { ranking, verdict, neighbours }: Judgement,
  images: TrainingImages | null,
): PhotoAnswer {
  const nameOf = (label: number): string => classNames[label] ?? `Class ${label}`
  return {
    runId,
    top: ranking.slice(0, TOP).map((ranked) => ({ ...ranked, className: nameOf(ranked.label) })),
    verdict,
    nearest:
      images === null
        ? []
        : neighbours.map((neighbour, place) => ({
            ...{ ...neighbour, className: nameOf(neighbour.label) },
            image: packTrainingImage(images, place),
          })),
  }
}

function packTrainingImage({ height, width, pixels }: TrainingImages, place: number): PackedImage {
  const size = height * width
  return packImage({ height, width, channels: 1, pixels: pixels.subarray(place * size, (place + 1) * size) })
}

function packImage({
  pixels,
  ...image
}: Omit<PackedImage, 'pixels'> & { readonly pixels: Uint8Array }): PackedImage {
  return { ...image, pixels: toText(pixels) }
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}
