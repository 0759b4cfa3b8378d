// From a folder of photos to an installed dataset: for the page and the terminal alike.
import type { LeftOut, PhotoForm } from '#shared/photo-dataset.ts'
import type { InstalledEntry } from '../datasets/dataset-entry.ts'
import type { AddOptions, DatasetLibrary } from '../datasets/dataset-library.ts'
import type { Decoders } from './decoders.ts'
import { readPhotoFolder } from './read-photo-folder.ts'

export interface AddedPhotos {
  readonly entry: InstalledEntry
  readonly leftOut: readonly LeftOut[]
}

/** Throws as readPhotoFolder and DatasetLibrary.install do; then nothing is installed. */
export async function addPhotoFolder(
  library: DatasetLibrary,
  decoders: Decoders,
  folder: string,
  form: PhotoForm,
  options: AddOptions,
): Promise<AddedPhotos> {
  const onPrepared = (done: number, total: number): void =>
    options.onProgress?.({ activity: 'preparing', file: '', done, total })
  const { dataset, origin, leftOut } = await readPhotoFolder(folder, form, decoders, {
    ...options,
    onPrepared,
  })
  return { entry: await library.install(dataset, folder, origin, options), leftOut }
}
