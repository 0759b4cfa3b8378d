// What a dataset is, without its images: asked for whenever a form changes, so it must be quick. The library's list
// answers for what is installed, a constant for what is drawn, and a folder is read once until a file in it changes.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import type { DatasetLibrary } from './dataset-library.ts'
import type { DatasetDescription, DatasetSource } from './dataset-source.ts'

export interface FullDescription extends DatasetDescription {
  readonly testCount: number
}

export type DescribeDataset = (source: DatasetSource) => Promise<FullDescription>

/** Drawing it takes more than a second and gives the same pictures every time. */
export const SKETCHES: FullDescription = {
  id: 'sketches',
  name: 'Sketches (generated)',
  hash: 'e0c045217dac9f0603b522d78b21a5ce1d40cabbd3eb4783453791eb9e58d286',
  generated: true,
  classNames: FASHION_CLASS_NAMES,
  height: 28,
  width: 28,
  channels: 1,
  trainCount: 10_000,
  testCount: 2_000,
}

/** @returns a function that throws a Failure when the dataset is not there or not readable */
export function buildDescriber(library: DatasetLibrary): DescribeDataset {
  const folders = new Map<string, { readonly state: string; readonly description: FullDescription }>()

  const describeFolder = async (directory: string): Promise<FullDescription> => {
    const state = await describeFiles(directory)
    const known = folders.get(directory)
    if (known !== undefined && known.state === state) return known.description
    const description = summarize(await library.loadFolder(directory))
    folders.set(directory, { state, description })
    return description
  }

  return async ({ id, directory }) => {
    if (directory !== null) return describeFolder(directory)
    const entry = (await library.list()).find((candidate) => candidate.id === id)
    if (entry?.state === 'installed') return { ...entry, generated: false }
    return entry?.state === 'generated' && id === SKETCHES.id ? SKETCHES : summarize(await library.load(id))
  }
}

function summarize(dataset: Awaited<ReturnType<DatasetLibrary['load']>>): FullDescription {
  const { id, name, hash, generated, classNames, height, width, channels, train, test } = dataset
  return {
    id,
    name,
    hash,
    generated,
    classNames,
    height,
    width,
    channels,
    trainCount: train.count,
    testCount: test.count,
  }
}

/**
 * Names, sizes and times of the files in a folder; empty where there is no folder, and without size for a link that leads
 * nowhere: what is wrong with them is told when they are read.
 */
async function describeFiles(directory: string): Promise<string> {
  const names = await readdir(directory).catch(() => [])
  const files = await Promise.all(
    names.map(async (name) => {
      const file = await stat(join(directory, name)).catch(() => null)
      return `${name} ${file?.size} ${file?.mtimeMs}`
    }),
  )
  return files.sort().join('\n')
}
