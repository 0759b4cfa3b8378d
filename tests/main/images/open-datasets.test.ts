import { describe, expect, it } from 'vitest'
import { OpenDatasets } from '#main/images/open-datasets.ts'
import { smallContent } from '../datasets/small-dataset.ts'

/** 40 images of 64 pixels. */
const BYTES = 40 * 64

function open(maxBytes?: number) {
  const reads: string[] = []
  const state = { hash: 'a' }
  const library = {
    load(id: string) {
      reads.push(id)
      if (id === 'gone') return Promise.reject(new Error('it is gone'))
      const names = { id, name: id, generated: false, classNames: ['Hat', 'Sock', 'Glove'], hash: state.hash }
      return Promise.resolve({ ...smallContent(), ...names })
    },
    loadFolder: (folder: string) => library.load(folder),
  }
  const datasets = new OpenDatasets(library, maxBytes)
  const read = (datasetId: string, hash?: string) => datasets.read({ datasetId, directory: null }, hash)
  return { datasets, read, reads, state }
}

describe('the datasets in memory', () => {
  it('are read once, also by two that ask at the same time', async () => {
    const { read, reads } = open()
    const [one, other] = await Promise.all([read('mine'), read('mine')])
    expect(one).toBe(other)
    expect(one.brightness()).toBe(one.brightness())
    expect(reads).toEqual(['mine'])
  })

  it('are given up when they take too much, the one used longest ago first, never the last', async () => {
    const { datasets, read, reads } = open(2 * BYTES)
    for (const id of ['a', 'b', 'a', 'c', 'a']) await read(id)
    expect(datasets.count).toBe(2)
    await read('b')
    expect(reads).toEqual(['a', 'b', 'c', 'b'])
    const small = open(1)
    await small.read('a')
    await small.read('a')
    expect(small.reads).toEqual(['a'])
  })

  it('are read again when their content is not what it was, or when they were changed', async () => {
    const { datasets, read, reads, state } = open()
    await read('mine', 'a')
    state.hash = 'b'
    expect((await read('mine', 'b')).dataset.hash).toBe('b')
    await read('mine', 'b')
    expect(reads).toHaveLength(2)
    datasets.forget()
    await read('mine')
    expect(reads).toHaveLength(3)
  })

  it('that cannot be read say why, every time anew', async () => {
    const { datasets, read, reads } = open()
    await expect(read('gone')).rejects.toThrow('it is gone')
    await expect(read('gone')).rejects.toThrow('it is gone')
    expect(reads).toHaveLength(2)
    expect(datasets.count).toBe(0)
  })
})
