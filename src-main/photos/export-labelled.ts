// The labelled photos of a batch as a set of its own, in a folder that is new or empty: pictures by class, one table, or
// the IDX files of MNIST. What is written is what networks see: 28 x 28 grey.
import { mkdir, readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'
import { INPUT_SIDE } from '#shared/core/photo/photo.ts'
import { Failure } from '#shared/failure.ts'
import { QUARTET_NAMES } from '../datasets/quartet.ts'
import { encodeCsv } from '../exports/csv.ts'
import { encodeGreyPng } from '../exports/png.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { describeDiskError, errorCode } from '../files/disk-failure.ts'
import { folderNameOf } from './folder-name.ts'
import type { LabelledInputs } from './labelled-photos.ts'

export type LabelledFormat = 'folders' | 'csv' | 'idx'

/** @throws Failure 'conflict' for a folder with something in it, 'not-found' where nothing is labelled */
export async function exportLabelled(
  labelled: LabelledInputs,
  folder: string,
  format: LabelledFormat,
  signal?: AbortSignal,
): Promise<void> {
  if (labelled.inputs.length === 0)
    throw new Failure('not-found', 'No photo here has a label yet. Label some, then export them.')
  await makeEmptyFolder(folder)
  switch (format) {
    case 'folders':
      return writeFolders(labelled, folder, signal)
    case 'csv':
      return writeFileAtomically(join(folder, 'photos.csv'), `${encodeTable(labelled)}\n`)
    case 'idx':
      return writeIdx(labelled, folder)
    default:
      return format satisfies never
  }
}

/** @throws Failure 'conflict' for a folder with something in it */
export async function makeEmptyFolder(folder: string): Promise<void> {
  try {
    const present = await readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    if (present.length > 0)
      throw new Failure('conflict', `${folder} is not empty, and nothing is overwritten. Name a new folder.`)
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw describeDiskError(error, `make the folder ${folder}`)
  }
}

async function writeFolders(
  { classNames, inputs }: LabelledInputs,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const className of new Set(inputs.map(({ label }) => classNames[label] ?? '')))
    await mkdir(join(folder, folderNameOf(className)), { recursive: true })
  for (const [index, { file, label, input }] of inputs.entries()) {
    signal?.throwIfAborted()
    const stem = folderNameOf(basename(file, extname(file)))
    const name = `${String(index + 1).padStart(5, '0')}-${stem}.png`
    const path = join(folder, folderNameOf(classNames[label] ?? ''), name)
    await writeFileAtomically(path, encodeGreyPng(input, INPUT_SIDE, INPUT_SIDE))
  }
}

/** As MNIST is often passed around: the label, then every pixel; and which file it was. */
function encodeTable({ classNames, inputs }: LabelledInputs): string {
  const pixels = Array.from({ length: INPUT_SIDE * INPUT_SIDE }, (_, index) => `pixel${index + 1}`)
  const rows = inputs.map(({ file, label, input }) => ({
    ...Object.fromEntries(pixels.map((name, index) => [name, input[index] ?? 0])),
    ...{ label, className: classNames[label] ?? '', file },
  }))
  return encodeCsv(['label', 'className', 'file', ...pixels], rows)
}

/** The test half of a dataset, with the names of its classes. */
async function writeIdx({ classNames, inputs }: LabelledInputs, folder: string): Promise<void> {
  const pixels = new Uint8Array(inputs.length * INPUT_SIDE * INPUT_SIDE)
  inputs.forEach(({ input }, index) => pixels.set(input, index * INPUT_SIDE * INPUT_SIDE))
  const images = { count: inputs.length, height: INPUT_SIDE, width: INPUT_SIDE, channels: 1, pixels } as const
  const labels = Uint8Array.from(inputs, ({ label }) => label)
  await writeFileAtomically(join(folder, QUARTET_NAMES.testImages), encodeIdxImages(images))
  await writeFileAtomically(join(folder, QUARTET_NAMES.testLabels), encodeIdxLabels(labels))
  await writeFileAtomically(join(folder, 'class-names.txt'), `${classNames.join('\n')}\n`)
}
