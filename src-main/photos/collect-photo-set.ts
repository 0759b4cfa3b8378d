// The labelled photos of several batches as a set to adapt a run with: those whose label is one of the run's classes. A
// photo that is in two batches with the same input counts once, with the label of the later batch.
import type { PhotoSet } from '#shared/adaptation.ts'
import type { StoredPhoto } from '../store/read-photos.ts'
import { findClass } from './folder-labels.ts'
import { labelOf } from './labelled-photos.ts'

/** @param batches in the order in which their labels count */
export async function collectPhotoSet(
  batches: readonly AsyncIterable<StoredPhoto>[],
  classNames: readonly string[],
): Promise<PhotoSet> {
  const chosen = new Map<string, { readonly input: Uint8Array; readonly label: number }>()
  for (const batch of batches) {
    for await (const photo of batch) {
      const label = labelOf(photo)
      const number = label === null ? -1 : classNames.indexOf(findClass(label, classNames) ?? label)
      if (photo.input === null || number < 0) continue
      const { input } = photo
      chosen.set(Buffer.from(input).toString('base64'), { input, label: number })
    }
  }
  const photos = [...chosen.values()]
  return {
    inputs: new Uint8Array(Buffer.concat(photos.map(({ input }) => input))),
    labels: Uint8Array.from(photos, ({ label }) => label),
  }
}
