// What is told of a folder that is used in place.
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DatasetLibrary } from '#main/datasets/dataset-library.ts'
import { buildDescriber } from '#main/datasets/describe-dataset.ts'
import { writePatterns } from '../training/patterns.ts'

test('a link that leads nowhere, beside the files of a dataset, changes nothing', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'atelier-describe-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const directory = await writePatterns(parent)
  const library = new DatasetLibrary({ directory: join(parent, 'datasets'), generated: [] })
  const describeDataset = buildDescriber(library)
  const before = await describeDataset({ id: '', directory })
  await symlink(join(parent, 'gone'), join(directory, 'notes'))
  expect(await describeDataset({ id: '', directory })).toEqual(before)
})
