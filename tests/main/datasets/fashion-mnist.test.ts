import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatasetLibrary } from '#main/datasets/dataset-library.ts'
import { FASHION_MNIST } from '#main/datasets/known-datasets.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'

const named = process.env['ATELIER_TEST_DATA']
const folder = resolve(named ?? join(import.meta.dirname, '../../../../shared/data/fashion-mnist'))
const reason = 'needs its four files in ATELIER_TEST_DATA or ../shared/data/fashion-mnist'

describe.skipIf(!existsSync(folder))(`the real Fashion-MNIST (${reason})`, () => {
  it('has the sizes and checksums that the download will be held to', async () => {
    for (const { name, ...expected } of FASHION_MNIST.files) {
      const bytes = await readFile(join(folder, name))
      const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex')
      expect({ bytes: bytes.length, md5: digest('md5'), sha256: digest('sha256') }).toEqual(expected)
    }
  })

  it(
    'is recognised, installed and loaded with its counts, labels and pixels',
    { timeout: 60_000 },
    async () => {
      const directory = await makeTemporaryFolder()
      const library = await openDatasetLibrary({ directory, generated: [] })
      const { id, name, hash, bytes } = await library.add(folder)
      expect({ id, name, hash, bytes }).toEqual({
        id: 'fashion-mnist',
        name: 'Fashion-MNIST',
        hash: FASHION_MNIST.hash,
        bytes: 54_950_048,
      })
      expect(await library.verify('fashion-mnist')).toBe(FASHION_MNIST.hash)
      const { train, test, height, width, classNames } = await library.load('fashion-mnist')
      expect([train.count, test.count, height, width]).toEqual([60_000, 10_000, 28, 28])
      expect([...train.labels.subarray(0, 10)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
      expect([...test.labels.subarray(0, 10)]).toEqual([9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
      expect(classNames[9]).toBe('Ankle boot')
      const mean = train.pixels.reduce((sum, pixel) => sum + pixel, 0) / train.pixels.length / 255
      expect(mean).toBeCloseTo(0.286, 4)
    },
  )
})
