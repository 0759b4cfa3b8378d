// A folder of photos, with a folder in it for each class, made into a dataset: every photo decoded in a process that may
// die, and brought to the form that was asked for in the one way that photos are. What cannot be used is left out and told.
import { basename, resolve } from 'node:path'
import type { Channels, LabelledImages } from '#shared/core/datasets/dataset.ts'
import { invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { stratifiedSplit } from '#shared/core/datasets/split.ts'
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { COLOUR_SIDE, type LeftOut, type PhotoForm, type PhotoOrigin } from '#shared/photo-dataset.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION } from '#shared/preparation.ts'
import { checkClassNames, checkText } from '../datasets/class-names.ts'
import { type DatasetContent, hashDataset, type HashedDataset } from '../datasets/content-hash.ts'
import { datasetIdFrom, parseDatasetId } from '../datasets/dataset-id.ts'
import type { FolderOptions } from '../datasets/idx-folder.ts'
import { type ArrangedPhoto, arrangePhotos } from './arrange-photos.ts'
import { NotStarted } from './companions.ts'
import type { Decoders } from './decoders.ts'
import { findPhotos } from './find-photos.ts'
import { forEach } from './for-each.ts'

export interface PhotoFolderOptions extends FolderOptions {
  /** Photos that are done, of all. */
  readonly onPrepared?: ((done: number, total: number) => void) | undefined
}

export interface PhotoFolder {
  readonly dataset: HashedDataset
  readonly origin: PhotoOrigin
  readonly leftOut: readonly LeftOut[]
}

interface PreparedPhoto extends ArrangedPhoto {
  readonly pixels: Uint8Array
}

const AT_ONCE = 4
/** One photo in five of every class is kept for the test where folders do not say which. */
const TEST_SHARE = 1 / 5
/** So that each class has one to test with. */
const FEWEST_OF_CLASS = 5
/** The same folder gives the same dataset. */
const SPLIT_SEED = 42
const ADVICE = 'Put the photos of each class into a folder of its own.'

/**
 * @param folder with `class/photo`, or with `train/class/photo` and `test/class/photo`; deeper folders belong to the class
 * @throws Failure 'invalid-file' where there are fewer than two classes, or a class with too few photos; 'cancelled';
 *   NotStarted
 */
export async function readPhotoFolder(
  folder: string,
  form: PhotoForm,
  decoders: Pick<Decoders, 'prepare' | 'square'>,
  options: PhotoFolderOptions = {},
): Promise<PhotoFolder> {
  const { signal } = options
  const called = basename(resolve(folder))
  const id = parseDatasetId(options.id ?? datasetIdFrom(called))
  const name = checkText(options.name ?? called, 'dataset name')
  const found = await findPhotos([{ path: resolve(folder), file: null }], signal)
  const { classNames, photos, leftOut: homeless } = arrangePhotos(found)
  if (classNames.length < 2) {
    const place = classNames.length === 1 ? 'all of them in one folder' : 'none of them in a folder'
    const what = found.length === 0 ? 'no photo' : `${found.length} photos, ${place}`
    throw invalidFile(folder, 'photos of at least two classes', what, ADVICE)
  }
  checkClassNames(classNames, folder)
  const broken: LeftOut[] = []
  const prepared = await prepareAll(photos, form, decoders, broken, options)
  const content = split(prepared, classNames, form, folder)
  const leftOut = [...homeless, ...broken]
  const preparation = { version: PREPARATION_VERSION, settings: DEFAULT_PREPARATION }
  return {
    dataset: { ...content, id, name, generated: false, classNames, hash: hashDataset(content) },
    origin: { form, preparation: form === 'grey' ? preparation : null, leftOut: leftOut.length },
    leftOut,
  }
}

/** In their order, whichever is done first. */
async function prepareAll(
  photos: readonly ArrangedPhoto[],
  form: PhotoForm,
  decoders: Pick<Decoders, 'prepare' | 'square'>,
  broken: LeftOut[],
  { signal, onPrepared }: PhotoFolderOptions,
): Promise<readonly PreparedPhoto[]> {
  const prepared: (PreparedPhoto | null)[] = photos.map(() => null)
  let done = 0
  await forEach(photos, AT_ONCE, signal, async (photo, place) => {
    try {
      prepared[place] = { ...photo, pixels: await prepareOne(photo.path, form, decoders, signal) }
    } catch (error) {
      const { code, message } = describeFailure(error)
      if (code === 'cancelled' || code === 'internal' || error instanceof NotStarted) throw error
      broken.push({ file: photo.file, reason: message })
    }
    onPrepared?.(++done, photos.length)
  })
  if (signal?.aborted === true) throw new Failure('cancelled', 'Preparing the photos was cancelled.')
  return prepared.filter((photo) => photo !== null)
}

async function prepareOne(
  path: string,
  form: PhotoForm,
  decoders: Pick<Decoders, 'prepare' | 'square'>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (form === 'colour') return decoders.square(path, COLOUR_SIDE, signal)
  const request = { path, settings: DEFAULT_PREPARATION, edit: null }
  return (await decoders.prepare(request, 'input', signal)).input
}

function split(
  photos: readonly PreparedPhoto[],
  classNames: readonly string[],
  form: PhotoForm,
  folder: string,
): DatasetContent {
  const named = photos.some((photo) => photo.split !== null)
  const parts = named
    ? [inSplit(photos, 'train'), inSplit(photos, 'test')]
    : dealOut(photos, classNames, folder)
  const [train = [], test = []] = parts
  classNames.forEach((className, label) => {
    if (train.some((photo) => photo.label === label)) return
    throw invalidFile(folder, `photos of ${className} to train on`, 'none that can be used', ADVICE)
  })
  if (test.length === 0) throw invalidFile(folder, 'photos to test with', 'none that can be used', ADVICE)
  const [side, channels]: [number, Channels] = form === 'grey' ? [INPUT_SIDE, 1] : [COLOUR_SIDE, 3]
  return { height: side, width: side, channels, train: join(train), test: join(test) }
}

function inSplit(photos: readonly PreparedPhoto[], wanted: 'train' | 'test'): readonly PreparedPhoto[] {
  return photos.filter((photo) => photo.split === wanted)
}

function dealOut(
  photos: readonly PreparedPhoto[],
  classNames: readonly string[],
  folder: string,
): readonly (readonly PreparedPhoto[])[] {
  const labels = Uint8Array.from(photos, ({ label }) => label)
  classNames.forEach((className, label) => {
    const count = labels.filter((one) => one === label).length
    if (count >= FEWEST_OF_CLASS) return
    throw invalidFile(
      folder,
      `at least ${FEWEST_OF_CLASS} photos of ${className}`,
      `${count} that can be used`,
      'Add more of them, or take the folder away.',
    )
  })
  const held = Math.ceil(photos.length * TEST_SHARE)
  const { trainIndices, validationIndices } = stratifiedSplit(labels, classNames.length, held, SPLIT_SEED)
  return [trainIndices, validationIndices].map((indices) =>
    Array.from(indices).flatMap((index) => photos[index] ?? []),
  )
}

function join(photos: readonly PreparedPhoto[]): LabelledImages {
  const size = photos[0]?.pixels.length ?? 0
  const pixels = new Uint8Array(photos.length * size)
  photos.forEach((photo, place) => pixels.set(photo.pixels, place * size))
  return { count: photos.length, pixels, labels: Uint8Array.from(photos, ({ label }) => label) }
}
