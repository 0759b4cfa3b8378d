// Photos among training images: every photo many times in an epoch, each time changed in another way.
import type { PhotoSet } from '../../../adaptation.ts'
import type { Selection } from '../../training/batches.ts'

/** Showings of photos beside each remembered image. */
const PHOTO_SHARE = 0.5
/** A photo that is shown more often in an epoch is learned by heart. */
const MOST_SHOWINGS = 40

/** Photos come first in the new source, then the images of `remembered` in their order. */
export function mixPhotos(remembered: Selection, { inputs, labels }: PhotoSet): Selection {
  const count = labels.length
  const size = inputs.length / count
  const { source, indices } = remembered
  const pixels = new Uint8Array((count + indices.length) * size)
  pixels.set(inputs)
  indices.forEach((index, i) =>
    pixels.set(source.pixels.subarray(index * size, (index + 1) * size), (count + i) * size),
  )
  const allLabels = new Uint8Array(count + indices.length)
  allLabels.set(labels)
  indices.forEach((index, i) => {
    allLabels[count + i] = source.labels[index] ?? 0
  })
  const showings = Math.max(1, Math.min(MOST_SHOWINGS, Math.round((indices.length * PHOTO_SHARE) / count)))
  return {
    source: { count: allLabels.length, pixels, labels: allLabels },
    photos: count,
    indices: Uint32Array.from({ length: count * showings + indices.length }, (_, i) =>
      i < count * showings ? i % count : i - count * showings + count,
    ),
  }
}

/** The photos whose number the choice accepts. */
export function choosePhotos({ inputs, labels }: PhotoSet, isChosen: (photo: number) => boolean): PhotoSet {
  const size = inputs.length / labels.length
  const chosen = Array.from(labels.keys()).filter(isChosen)
  const taken = new Uint8Array(chosen.length * size)
  chosen.forEach((photo, i) => taken.set(inputs.subarray(photo * size, (photo + 1) * size), i * size))
  return { inputs: taken, labels: Uint8Array.from(chosen, (photo) => labels[photo] ?? 0) }
}
