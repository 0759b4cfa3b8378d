import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { openDatasetLibrary } from '#main/datasets/dataset-library.ts'
import { FASHION_MNIST, type KnownDataset } from '#main/datasets/known-datasets.ts'
import { refusal } from '../files/refusal.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { describeFile, fallSilentAfter, startFileServer } from './file-server.ts'
import { encodeContent, smallContent } from './small-dataset.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})

describe('the download of a dataset', () => {
  const content = smallContent(2000, 500)
  const files = Object.fromEntries(
    Object.entries(encodeContent(content)).map(([name, idx]) => [`${name}.gz`, gzipSync(idx)]),
  )
  const known: KnownDataset = {
    ...FASHION_MNIST,
    hash: hashDataset(content),
    files: Object.entries(files).map(([name, packed]) => describeFile(name, packed)),
  }
  const totalBytes = known.files.reduce((sum, { bytes: size }) => sum + size, 0)

  it('installs it at once, and needs no network afterwards', async () => {
    const server = await startFileServer(files)
    const library = await openDatasetLibrary({
      directory: folder,
      generated: [],
      known: [{ ...known, mirrors: [server.url] }],
    })
    const progress: string[] = []
    const entry = await library.download('fashion-mnist', {
      onProgress: (step) => progress.push(`${step.activity} ${step.done} of ${step.total}`),
    })
    expect(progress).toContain(`downloading ${totalBytes} of ${totalBytes}`)
    expect(progress.at(-1)).toBe(`installing ${entry.bytes} of ${entry.bytes}`)
    expect(await library.verify('fashion-mnist')).toBe(known.hash)
    expect(await readdir(folder, { recursive: true })).toEqual(
      expect.arrayContaining(['.downloads', 'fashion-mnist']),
    )
    expect(await readdir(join(folder, '.downloads'))).toEqual([])
    expect(await library.download('fashion-mnist')).toEqual(entry)
    expect(server.requests).toHaveLength(4)
  })

  it('that is cancelled goes on later, also from another server', async () => {
    const first = await startFileServer(files, fallSilentAfter(100))
    let library = await openDatasetLibrary({
      directory: folder,
      generated: [],
      known: [{ ...known, mirrors: [first.url] }],
    })
    const controller = new AbortController()
    const download = library.download('fashion-mnist', {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 100) controller.abort()
      },
    })
    await expect(download).rejects.toEqual(
      refusal('cancelled', 'The download of Fashion-MNIST was cancelled'),
    )
    expect((await library.list()).map(({ state }) => state)).toEqual(['available'])
    library = await openDatasetLibrary({ directory: folder, generated: [], known: [known] })
    const second = await startFileServer(files)
    const entry = await library.download('fashion-mnist', { baseUrl: second.url.slice(0, -1) })
    expect(entry.hash).toBe(known.hash)
    expect(second.requests[0]).toBe('train-images-idx3-ubyte.gz bytes=100-')
  })

  it('is refused for what is not known and from what is no address', async () => {
    const library = await openDatasetLibrary({ directory: folder, generated: [], known: [known] })
    await expect(library.download('mnist')).rejects.toThrow(
      'mnist cannot be downloaded. Can be downloaded: fashion-mnist.',
    )
    for (const baseUrl of ['file:///etc/', 'nonsense', '']) {
      const sentence = `download address: expected an address that begins with https:// or http://, found "${baseUrl}".`
      await expect(library.download('fashion-mnist', { baseUrl })).rejects.toThrow(sentence)
    }
  })
})
