// The four IDX files that make a dataset: how they are called, and that they fit together.
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Channels, LabelledImages } from '#shared/core/datasets/dataset.ts'
import type { IdxImages } from '#shared/core/datasets/idx.ts'
import { describeForm } from '#shared/image-form.ts'
import { groupDigits, invalidFile } from '#shared/core/datasets/invalid-file.ts'
import type { DatasetContent } from './content-hash.ts'
import { describeDiskError } from '../files/disk-failure.ts'
import { readIdxImages, readIdxLabels } from './read-idx-file.ts'

/** The paths of the four files. */
export interface Quartet {
  readonly trainImages: string
  readonly trainLabels: string
  readonly testImages: string
  readonly testLabels: string
}

/** As MNIST's authors named them. */
export const QUARTET_NAMES: Quartet = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
}

/** The same for images in colours, whose files have a dimension more. */
const COLOURED_NAMES: Quartet = {
  ...QUARTET_NAMES,
  trainImages: 'train-images-idx4-ubyte',
  testImages: 't10k-images-idx4-ubyte',
}

export function quartetNames(channels: Channels): Quartet {
  return channels === 1 ? QUARTET_NAMES : COLOURED_NAMES
}

const QUARTET_PATTERNS = {
  trainImages: /^train-images[-.]idx[34]-ubyte(\.gz)?$/,
  trainLabels: /^train-labels[-.]idx1-ubyte(\.gz)?$/,
  testImages: /^(t10k|test)-images[-.]idx[34]-ubyte(\.gz)?$/,
  testLabels: /^(t10k|test)-labels[-.]idx1-ubyte(\.gz)?$/,
} as const

/**
 * Finds the four files in a folder; where a file is there both plain and packed, the plain one is taken.
 * @throws Failure 'not-found' without the folder, 'invalid-file' when one of the four is missing
 */
export async function findQuartet(folder: string): Promise<Quartet> {
  const names = await listNames(folder)
  if (!names.some(isOfQuartet)) throw foreign(folder)
  const find = (role: keyof Quartet) => {
    const name = names.find((candidate) => QUARTET_PATTERNS[role].test(candidate))
    if (name === undefined) throw missing(folder, QUARTET_NAMES[role])
    return join(folder, name)
  }
  return {
    trainImages: find('trainImages'),
    trainLabels: find('trainLabels'),
    testImages: find('testImages'),
    testLabels: find('testLabels'),
  }
}

/**
 * Reads the four files one after the other, so that only one is unpacked at a time.
 * @throws Failure that names the file at fault, or both where two do not fit together
 */
export async function readQuartet(quartet: Quartet, signal?: AbortSignal): Promise<DatasetContent> {
  const train = await readSplit(quartet.trainImages, quartet.trainLabels, signal)
  const test = await readSplit(quartet.testImages, quartet.testLabels, signal)
  const { height, width, channels } = train.images
  if (describeForm(test.images) !== describeForm(train.images)) {
    const expected = `images of ${describeForm(train.images)} as in ${basename(quartet.trainImages)}`
    throw invalidFile(quartet.testImages, expected, describeForm(test.images))
  }
  return { height, width, channels, train: labelled(train), test: labelled(test) }
}

/** @throws Failure 'invalid-file' that names the file and the first label that has no class */
export function checkLabels(labels: Uint8Array, classCount: number, file: string): void {
  const at = labels.findIndex((label) => label >= classCount)
  if (at < 0) return
  const found = `label ${labels[at] ?? ''} for image ${groupDigits(at + 1)}`
  throw invalidFile(file, `labels below ${classCount}, as there are ${classCount} class names`, found)
}

interface SplitFiles {
  readonly images: IdxImages
  readonly labels: Uint8Array
}

async function readSplit(imagesPath: string, labelsPath: string, signal?: AbortSignal): Promise<SplitFiles> {
  signal?.throwIfAborted()
  const images = await readIdxImages(imagesPath)
  signal?.throwIfAborted()
  const { count, labels } = await readIdxLabels(labelsPath)
  if (count === images.count) return { images, labels }
  const expected = `${groupDigits(images.count)} labels for the images in ${basename(imagesPath)}`
  throw invalidFile(labelsPath, expected, groupDigits(count))
}

function labelled({ images, labels }: SplitFiles): LabelledImages {
  return { count: images.count, pixels: images.pixels, labels }
}

async function listNames(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    throw describeDiskError(error, `read the folder ${folder}`)
  }
}

const EXPECTED = `the four files ${Object.values(QUARTET_NAMES).join(', ')} (each may end in .gz)`

function isOfQuartet(name: string): boolean {
  return Object.values(QUARTET_PATTERNS).some((pattern) => pattern.test(name))
}

function foreign(folder: string): Error {
  const advice =
    'Name the folder that has them. A folder with a folder of photos for each class is added as Photos, in a terminal with --photos grey or --photos colour.'
  return invalidFile(folder, EXPECTED, 'none of them', advice)
}

function missing(folder: string, name: string): Error {
  return invalidFile(folder, EXPECTED, `no ${name}`, 'Put the missing file there or name another folder.')
}
