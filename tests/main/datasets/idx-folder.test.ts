import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { FASHION_MNIST } from '#main/datasets/known-datasets.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { smallContent, writeQuartet } from './small-dataset.ts'

const content = smallContent()
const hash = hashDataset(content)
const classNames = ['Class 0', 'Class 1', 'Class 2']

let folder = ''
beforeEach(async () => {
  folder = join(await makeTemporaryFolder(), 'My Shoes (2)')
})

async function refusalOf(options = {}): Promise<string> {
  const error: unknown = await readIdxFolder(folder, [], options).catch((reason: unknown) => reason)
  expect(error).toEqual(expect.objectContaining({ name: 'Failure' }))
  return error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : ''
}

describe('a folder of IDX files', () => {
  const expected = {
    ...content,
    id: 'my-shoes-2',
    name: 'My Shoes (2)',
    generated: false,
    classNames,
    hash,
  }

  it.each([false, true])('is read as a dataset, packed or not (%s)', async (packed) => {
    await writeQuartet(folder, content, packed)
    expect(await readIdxFolder(folder, [])).toEqual(expected)
  })

  it('may use the other names that people give to the files', async () => {
    await writeQuartet(folder, content)
    for (const [from, to] of [
      ['train-images-idx3-ubyte', 'train-images.idx3-ubyte'],
      ['train-labels-idx1-ubyte', 'train-labels.idx1-ubyte'],
      ['t10k-images-idx3-ubyte', 'test-images-idx3-ubyte'],
      ['t10k-labels-idx1-ubyte', 'test-labels.idx1-ubyte'],
    ] as const) {
      await rename(join(folder, from), join(folder, to))
    }
    expect(await readIdxFolder(folder, [])).toEqual(expected)
  })

  it('is recognised by its content and then has its own names', async () => {
    await writeQuartet(folder, content, true)
    const known = { ...FASHION_MNIST, hash, classNames: ['a', 'b', 'c'] }
    const recognised = { id: 'fashion-mnist', name: 'Fashion-MNIST', classNames: ['a', 'b', 'c'] }
    expect(await readIdxFolder(folder, [known])).toEqual(expect.objectContaining(recognised))
  })

  it('takes class names from a file beside the data, and those that are given before all others', async () => {
    await writeQuartet(folder, content)
    await writeFile(join(folder, 'labels.txt'), 'Boot\nSandal\nSneaker\nClog\n')
    expect((await readIdxFolder(folder, [])).classNames).toEqual(['Boot', 'Sandal', 'Sneaker', 'Clog'])
    const given = { id: 'shoes', name: 'Shoes', classNames: ['x', 'y', 'z'] }
    expect(await readIdxFolder(folder, [], given)).toEqual(expect.objectContaining(given))
  })

  it('is told to be added as photos when none of its files is of the kind', async () => {
    await mkdir(join(folder, 'Coat'), { recursive: true })
    expect(await refusalOf()).toMatch(
      /found none of them\. Name the folder that has them\. A folder with a folder of photos for each class is added as Photos/,
    )
  })

  it('is refused when it does not exist or a file is missing', async () => {
    await expect(readIdxFolder(folder, [])).rejects.toThrow(
      `Could not read the folder ${folder}: it does not exist.`,
    )
    await writeQuartet(folder, content)
    await rm(join(folder, 't10k-labels-idx1-ubyte'))
    const message =
      /My Shoes \(2\): expected the four files .+, found no t10k-labels-idx1-ubyte\. Put the missing/
    expect(await refusalOf()).toMatch(message)
  })

  it('is refused when the files do not fit together', async () => {
    await writeQuartet(folder, content)
    await writeFile(join(folder, 'train-labels-idx1-ubyte'), encodeIdxLabels(new Uint8Array(29)))
    const counts =
      'train-labels-idx1-ubyte: expected 30 labels for the images in train-images-idx3-ubyte, found 29.'
    expect(await refusalOf()).toContain(counts)
    await writeQuartet(folder, content)
    const wide = encodeIdxImages({ count: 10, height: 8, width: 9, channels: 1, pixels: new Uint8Array(720) })
    await writeFile(join(folder, 't10k-images-idx3-ubyte'), wide)
    const sizes =
      't10k-images-idx3-ubyte: expected images of 8 x 8 as in train-images-idx3-ubyte, found 8 x 9.'
    expect(await refusalOf()).toContain(sizes)
  })

  it('is refused when a label has no class', async () => {
    await writeQuartet(folder, content)
    await writeFile(join(folder, 'class-names.txt'), 'Boot\nSandal\n')
    const label =
      'train-labels-idx1-ubyte: expected labels below 2, as there are 2 class names, found label 2 for image 3.'
    expect(await refusalOf()).toContain(label)
  })

  it('is refused when all labels are the same', async () => {
    await writeQuartet(folder, smallContent(10, 10, 1))
    expect(await refusalOf()).toContain('train-labels-idx1-ubyte: expected 2 to 256 class names, found 1.')
  })

  it('is refused an id that cannot name a folder everywhere, or a name that cannot be shown', async () => {
    await writeQuartet(folder, content)
    for (const id of ['', '../x', 'Shoes', 'a b', '-a', 'con', 'x'.repeat(65)]) {
      expect(await refusalOf({ id })).toContain(`such as my-digits, found ${JSON.stringify(id)}.`)
    }
    expect(await refusalOf({ name: 'a\nb' })).toContain('dataset name: expected printable characters only')
  })
})

describe('the content hash', () => {
  it('depends on every pixel, label, count and dimension, and on nothing else', () => {
    const { train, test } = content
    const changed = (bytes: Uint8Array) => bytes.with(bytes.length - 1, 255)
    const others = [
      { ...content, test: { ...test, labels: changed(test.labels) } },
      { ...content, test: { ...test, pixels: changed(test.pixels) } },
      { ...content, train: { ...train, labels: changed(train.labels) } },
      { ...content, train: { ...train, pixels: changed(train.pixels) } },
      { ...content, train: test, test: train },
      { ...content, height: 4, width: 16 },
      { ...content, channels: 3 as const },
    ].map(hashDataset)
    expect(new Set([hash, ...others]).size).toBe(8)
  })

  it('stays as it is from version to version, because every stored run has one', () => {
    expect(hash).toBe('3363abf633cd9e29b918d744927aa972b41f256c8085a46bfae88376014ec2cd')
  })
})
