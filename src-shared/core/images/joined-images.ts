// Both splits of a dataset under one numbering, training images first. Pixels stay where they are; only labels are
// joined.
import type { Dataset } from '../datasets/dataset.ts'

export interface JoinedImages {
  readonly count: number
  readonly trainCount: number
  readonly classCount: number
  readonly height: number
  readonly width: number
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number
  /** Bytes of one image. */
  readonly imageSize: number
  /** One for every image. */
  readonly labels: Uint8Array
  /** Pixels of each split, image after image. */
  readonly parts: readonly [train: Uint8Array, test: Uint8Array]
}

export type JoinableDataset = Pick<Dataset, 'height' | 'width' | 'channels' | 'train' | 'test' | 'classNames'>

/** @throws RangeError when the splits differ in the size of their images, which a checked dataset's do not */
export function joinImages({
  height,
  width,
  channels,
  train,
  test,
  classNames,
}: JoinableDataset): JoinedImages {
  const imageSize = height * width * channels
  for (const { count, pixels } of [train, test])
    if (pixels.length !== count * imageSize)
      throw new RangeError(`${count} images of ${height} x ${width} do not have ${pixels.length} bytes`)
  const count = train.count + test.count
  const labels = new Uint8Array(count)
  labels.set(train.labels)
  labels.set(test.labels, train.count)
  const trainCount = train.count
  const classCount = classNames.length
  const parts = [train.pixels, test.pixels] as const
  return { count, trainCount, classCount, height, width, channels, imageSize, labels, parts }
}

/** A view on the pixels of one image. @throws RangeError for a number that no image has */
export function pixelsOf({ count, trainCount, imageSize, parts }: JoinedImages, image: number): Uint8Array {
  if (image >= count) throw new RangeError(`there is no image ${image}`)
  const [train, test] = parts
  const [pixels, index] = image < trainCount ? [train, image] : [test, image - trainCount]
  return pixels.subarray(index * imageSize, (index + 1) * imageSize)
}

/** The pixels of some images, one after the other. @throws RangeError for a number that no image has */
export function packSheet(images: JoinedImages, wanted: readonly number[]): Uint8Array<ArrayBuffer> {
  const sheet = new Uint8Array(wanted.length * images.imageSize)
  wanted.forEach((image, place) => {
    sheet.set(pixelsOf(images, image), place * images.imageSize)
  })
  return sheet
}
