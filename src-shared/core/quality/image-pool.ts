// Both splits of a dataset as one row of images: training images first, then test images. What looks for duplicates has
// to compare across splits, and one number for an image keeps its loops simple.
import type { Dataset } from '../datasets/dataset.ts'

export interface ImagePool {
  readonly count: number
  /** Images below this number are training images, the others test images. */
  readonly trainCount: number
  /** Bytes of an image. */
  readonly size: number
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number
  readonly classes: number
  /** [count, size] */
  readonly pixels: Uint8Array
  /** [count] */
  readonly labels: Uint8Array
}

type PooledDataset = Pick<Dataset, 'height' | 'width' | 'channels' | 'classNames' | 'train' | 'test'>

/** Copies the pixels of both splits: 55 MB for Fashion-MNIST. */
export function poolImages({ height, width, channels, classNames, train, test }: PooledDataset): ImagePool {
  const count = train.count + test.count
  const size = height * width * channels
  const pixels = new Uint8Array(count * size)
  pixels.set(train.pixels)
  pixels.set(test.pixels, train.count * size)
  const labels = new Uint8Array(count)
  labels.set(train.labels)
  labels.set(test.labels, train.count)
  return { count, trainCount: train.count, size, channels, classes: classNames.length, pixels, labels }
}

/** Numbers of the images of each class, ascending. */
export function groupImages({ labels, classes }: Pick<ImagePool, 'labels' | 'classes'>): Uint32Array[] {
  const groups: number[][] = Array.from({ length: classes }, () => [])
  labels.forEach((label, image) => groups[label]?.push(image))
  return groups.map((group) => Uint32Array.from(group))
}
