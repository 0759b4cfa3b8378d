import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { openDatasetLibrary, type DatasetLibrary } from '#main/datasets/dataset-library.ts'
import { FASHION_MNIST } from '#main/datasets/known-datasets.ts'
import type { DatasetProgress } from '#main/datasets/stored-datasets.ts'
import { refusal } from '../files/refusal.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { smallContent, writeQuartet } from './small-dataset.ts'

const content = smallContent()
const hash = hashDataset(content)
const drawn = {
  ...smallContent(6, 6),
  id: 'sketches',
  name: 'Sketches (generated)',
  generated: true,
  classNames: ['a', 'b', 'c'],
}
const generated = [{ id: drawn.id, name: drawn.name, generate: () => drawn }]

let directory = ''
let folder = ''
let library: DatasetLibrary
beforeEach(async () => {
  const parent = await makeTemporaryFolder()
  directory = join(parent, 'data', 'datasets')
  folder = await writeQuartet(join(parent, 'Shoes'), content, true)
  library = await openDatasetLibrary({ directory, generated })
})

async function statesOf(): Promise<readonly string[]> {
  return (await library.list()).map(({ id, state }) => `${id}: ${state}`)
}

describe('a new library', () => {
  it('has the generated dataset, and lists what can be downloaded', async () => {
    expect(await library.list()).toEqual([
      { state: 'generated', id: 'sketches', name: 'Sketches (generated)' },
      {
        state: 'available',
        id: 'fashion-mnist',
        name: 'Fashion-MNIST',
        downloadBytes: 30_878_645,
        source: 'https://github.com/zalandoresearch/fashion-mnist',
        licence: 'MIT, © 2017 Zalando SE',
        citation: 'arXiv:1708.07747',
      },
    ])
    expect(await library.best()).toBe('sketches')
    expect(await library.load('sketches')).toEqual({ ...drawn, hash: hashDataset(drawn) })
    expect(await library.verify('sketches')).toBe(hashDataset(drawn))
  })
})

describe('adding a folder', () => {
  it('installs plain files and a record, and tells how far it is', async () => {
    const progress: DatasetProgress[] = []
    const entry = await library.add(folder, { onProgress: (step) => progress.push(step) })
    expect(entry).toEqual({
      state: 'installed',
      format: 1,
      id: 'shoes',
      name: 'Shoes',
      hash,
      classNames: ['Class 0', 'Class 1', 'Class 2'],
      height: 8,
      width: 8,
      channels: 1,
      trainCount: 30,
      testCount: 10,
      installedAt: expect.any(String) as unknown,
      source: folder,
      photos: null,
      bytes: 2648,
    })
    expect(progress.map(({ done }) => done)).toEqual([1936, 1974, 2630, 2648])
    expect(progress.at(-1)).toEqual({
      activity: 'installing',
      file: 't10k-labels-idx1-ubyte',
      done: 2648,
      total: 2648,
    })
    expect(await readdir(directory)).toEqual(['shoes'])
    expect((await library.list())[0]).toEqual(entry)
    expect(await library.best()).toBe('shoes')
  })

  it('gives the same dataset as the folder itself, which can also be used in place', async () => {
    await library.add(folder, { id: 'shoes', name: 'Many shoes', classNames: ['Boot', 'Clog', 'Sandal'] })
    const installed = {
      ...content,
      id: 'shoes',
      name: 'Many shoes',
      generated: false,
      classNames: ['Boot', 'Clog', 'Sandal'],
      hash,
    }
    expect(await library.load('shoes')).toEqual(installed)
    const inPlace = { name: 'Shoes', classNames: ['Class 0', 'Class 1', 'Class 2'] }
    expect(await library.loadFolder(folder)).toEqual({ ...installed, ...inPlace })
    expect(await library.verify('shoes')).toBe(hash)
  })

  it('is still there when the library is opened again', async () => {
    await library.add(folder)
    library = await openDatasetLibrary({ directory, generated })
    expect((await library.load('shoes')).hash).toBe(hash)
  })

  it('a second time repairs damaged files', async () => {
    await library.add(folder)
    await writeFile(join(directory, 'shoes', 't10k-labels-idx1-ubyte'), 'damage')
    await expect(library.load('shoes')).rejects.toEqual(refusal('invalid-file', 't10k-labels-idx1-ubyte'))
    await library.add(folder)
    expect(await library.verify('shoes')).toBe(hash)
    expect(await readdir(directory)).toEqual(['shoes'])
  })

  it('refuses to put other content under the same id', async () => {
    await library.add(folder)
    const other = await writeQuartet(join(directory, '..', 'other'), smallContent(30, 10, 3, 99))
    const sentence =
      'A dataset with other content is installed as shoes already (Shoes). Choose another id, or remove'
    await expect(library.add(other, { id: 'shoes' })).rejects.toEqual(refusal('conflict', sentence))
    await expect(library.add(folder, { id: 'sketches' })).rejects.toEqual(
      refusal('conflict', 'Sketches (generated) is built in'),
    )
    expect(await library.verify('shoes')).toBe(hash)
  })

  it('can be cancelled, and leaves nothing', async () => {
    const controller = new AbortController()
    const adding = library.add(folder, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort()
      },
    })
    await expect(adding).rejects.toEqual(refusal('cancelled', `Adding ${folder} was cancelled`))
    expect(await readdir(directory)).toEqual([])
    expect((await library.add(folder)).state).toBe('installed')
  })

  it('refuses a second change of the same dataset meanwhile', async () => {
    const results = await Promise.allSettled([library.add(folder), library.add(folder)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const rejected = results.find((result) => result.status === 'rejected')
    expect(rejected?.reason).toEqual(refusal('conflict', 'shoes is being changed already'))
    expect(await library.verify('shoes')).toBe(hash)
  })
})

describe('an installed dataset', () => {
  it('that has changed is noticed by verify', async () => {
    await library.add(folder)
    const path = join(directory, 'shoes', 'train-images-idx3-ubyte')
    const bytes = await readFile(path)
    await writeFile(path, bytes.with(500, (bytes[500] ?? 0) ^ 1))
    expect((await library.load('shoes')).hash).toBe(hash)
    await expect(library.verify('shoes')).rejects.toEqual(
      refusal('invalid-file', `expected content with the hash ${hash}`),
    )
  })

  it('that does not fit its record is refused', async () => {
    await library.add(folder)
    await writeQuartet(join(directory, 'shoes'), smallContent(31, 10))
    const sentence = 'expected 30 and 10 images of 8 x 8, found 31 and 10 images of 8 x 8. Remove the dataset'
    await expect(library.load('shoes')).rejects.toEqual(refusal('invalid-file', sentence))
  })

  it.each([
    ['missing', null],
    ['no JSON', '{'],
    ['incomplete', '{"format":1,"id":"shoes"}'],
    ['of a later format', '{"format":2}'],
    ['huge', ' '.repeat(300_000)],
  ])('whose record is %s is listed as damaged and can be removed', async (_, record) => {
    await mkdir(join(directory, 'shoes'))
    if (record !== null) await writeFile(join(directory, 'shoes', 'dataset.json'), record)
    expect(await statesOf()).toEqual(['shoes: damaged', 'sketches: generated', 'fashion-mnist: available'])
    expect(await library.best()).toBe('sketches')
    await expect(library.load('shoes')).rejects.toThrow('dataset.json')
    await library.remove('shoes')
    expect(await readdir(directory)).toEqual([])
  })

  it('whose record names another dataset is damaged', async () => {
    await library.add(folder)
    const record = await readFile(join(directory, 'shoes', 'dataset.json'), 'utf8')
    await writeFile(join(directory, 'shoes', 'dataset.json'), record.replace('"id": "shoes"', '"id": "hats"'))
    await expect(library.load('shoes')).rejects.toEqual(
      refusal('invalid-file', 'expected the id shoes, found hats'),
    )
  })

  it('is removed, and then is not there', async () => {
    await library.add(folder)
    await library.remove('shoes')
    expect(await readdir(directory)).toEqual([])
    const sentence =
      'There is no dataset "shoes" on this machine. Datasets here: sketches. Can be downloaded: fashion-mnist.'
    await expect(library.load('shoes')).rejects.toEqual(refusal('not-found', sentence))
    await expect(library.remove('shoes')).rejects.toEqual(refusal('not-found', sentence))
    await expect(library.remove('sketches')).rejects.toEqual(refusal('conflict', 'it cannot be removed'))
  })

  it.each(['../shoes', '..', '', '.', 'a/b', '/etc'])('cannot have the id %j', async (id) => {
    await expect(library.load(id)).rejects.toEqual(refusal('not-found', 'There is no dataset'))
    await expect(library.remove(id)).rejects.toEqual(refusal('not-found', 'There is no dataset'))
  })

  it('of Fashion-MNIST’s content is the best', async () => {
    await library.add(folder, { id: 'another' })
    library = await openDatasetLibrary({ directory, generated, known: [{ ...FASHION_MNIST, hash }] })
    expect((await library.add(folder)).id).toBe('fashion-mnist')
    expect(await library.best()).toBe('fashion-mnist')
    expect(await statesOf()).toEqual([
      'another: installed',
      'fashion-mnist: installed',
      'sketches: generated',
    ])
  })
})
