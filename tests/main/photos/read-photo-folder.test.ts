import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DatasetLibrary } from '#main/datasets/dataset-library.ts'
import { addPhotoFolder } from '#main/photos/add-photo-folder.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { readPhotoFolder } from '#main/photos/read-photo-folder.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION } from '#shared/preparation.ts'
import { writeClasses } from './photo-classes.ts'
import { makeTemporaryFolder } from './photo-files.ts'
import { StandInProcess } from './stand-in-process.ts'

const decoders = new Decoders()
afterAll(() => decoders.close())

async function writeTwo(count = 5): Promise<string> {
  const folder = join(await makeTemporaryFolder(), 'my things')
  await writeClasses(folder, ['Cups', 'Spoons'], count)
  return folder
}

describe('a folder of photos', () => {
  it('becomes grey images that are what the Classify page makes of each photo', async () => {
    const folder = await writeTwo()
    const { dataset, origin, leftOut } = await readPhotoFolder(folder, 'grey', decoders)
    expect(dataset).toMatchObject({
      ...{ id: 'my-things', name: 'my things', classNames: ['Cups', 'Spoons'] },
      ...{ height: 28, width: 28, channels: 1, generated: false },
    })
    expect([dataset.train.count, dataset.test.count, leftOut]).toEqual([8, 2, []])
    expect([...dataset.test.labels].sort()).toEqual([0, 1])
    const preparation = { version: PREPARATION_VERSION, settings: DEFAULT_PREPARATION }
    expect(origin).toEqual({ form: 'grey', preparation, leftOut: 0 })
    const alone = await decoders.prepare(
      { path: join(folder, 'Cups', '0.png'), settings: DEFAULT_PREPARATION, edit: null },
      'input',
    )
    const images = [dataset.train, dataset.test].flatMap(({ count, pixels }) =>
      Array.from({ length: count }, (_, image) => pixels.subarray(image * 784, (image + 1) * 784)),
    )
    expect(images.some((pixels) => Buffer.compare(pixels, alone.input) === 0)).toBe(true)
  })

  it('becomes images in colours that show the whole photo on white', async () => {
    const { dataset, origin } = await readPhotoFolder(await writeTwo(), 'colour', decoders)
    expect(dataset).toMatchObject({ height: 64, width: 64, channels: 3 })
    expect(origin.preparation).toBeNull()
    const { labels, pixels } = dataset.train
    labels.forEach((label, image) => {
      const own = pixels.subarray(image * 12_288, (image + 1) * 12_288)
      expect([...own.subarray(0, 3)]).toEqual([255, 255, 255]) // higher than wide: white at the left
      const tones = [0, 1, 2].map((colour) =>
        own.filter((_, at) => at % 3 === colour).reduce((a, b) => a + b, 0),
      )
      expect(tones.indexOf(Math.max(...tones))).toBe(label === 0 ? 0 : 2) // cups are red, spoons blue
    })
  })

  it('is the same dataset every time, is installed with how it was made, and comes back as it is', async () => {
    const folder = await writeTwo()
    const library = new DatasetLibrary({ directory: await makeTemporaryFolder(), generated: [] })
    const steps: string[] = []
    const { entry } = await addPhotoFolder(library, decoders, folder, 'colour', {
      id: 'things',
      onProgress: ({ activity, done, total }) => steps.push(`${activity} ${done} of ${total}`),
    })
    expect(entry).toMatchObject({ id: 'things', channels: 3, photos: { form: 'colour', leftOut: 0 } })
    expect(steps).toContain('preparing 10 of 10')
    expect(steps.at(-1)).toBe(`installing ${entry.bytes} of ${entry.bytes}`)
    const again = await readPhotoFolder(folder, 'colour', decoders)
    expect(again.dataset.hash).toBe(entry.hash)
    const { train, test } = again.dataset
    expect(await library.load('things')).toMatchObject({ channels: 3, hash: entry.hash, train, test })
    expect(await library.verify('things')).toBe(entry.hash)
  })

  it('is made without what cannot be used, which is told with the reason', async () => {
    const folder = await writeTwo(6)
    await writeFile(join(folder, 'Cups', '0.png'), 'no picture at all')
    await writeFile(join(folder, 'stray.jpg'), 'x')
    const { dataset, origin, leftOut } = await readPhotoFolder(folder, 'grey', decoders)
    expect(dataset.train.count + dataset.test.count).toBe(11)
    expect(origin.leftOut).toBe(2)
    expect(leftOut).toEqual([
      { file: 'my things/stray.jpg', reason: 'It lies in no folder of a class.' },
      { file: 'my things/Cups/0.png', reason: expect.stringContaining('This file is text') as string },
    ])
  })

  it('keeps to its own folders train and test', async () => {
    const folder = await writeTwo(2)
    for (const split of ['train', 'test']) await mkdir(join(folder, split))
    await rename(join(folder, 'Cups'), join(folder, 'train', 'Cups'))
    await rename(join(folder, 'Spoons'), join(folder, 'train', 'Spoons'))
    await writeClasses(join(folder, 'test'), ['Cups'], 3)
    const { dataset } = await readPhotoFolder(folder, 'grey', decoders)
    expect([dataset.train.count, [...dataset.test.labels]]).toEqual([4, [0, 0, 0]])
  })

  it('is refused with what it lacks', async () => {
    const few = readPhotoFolder(await writeTwo(4), 'grey', decoders)
    await expect(few).rejects.toThrow('expected at least 5 photos of Cups, found 4 that can be used')
    const one = join(await writeTwo(), 'Cups')
    await expect(readPhotoFolder(one, 'grey', decoders)).rejects.toThrow(
      'expected photos of at least two classes, found 5 photos, none of them in a folder',
    )
    const ended = AbortSignal.abort()
    const cancelled = readPhotoFolder(await writeTwo(), 'grey', decoders, { signal: ended })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('is not blamed for a decoder that does not start', async () => {
    let started = 0
    const broken = new Decoders(() => {
      started += 1
      return new StandInProcess([], 'exit code 1')
    })
    await expect(readPhotoFolder(await writeTwo(20), 'colour', broken)).rejects.toThrow(
      'The process that decodes photos does not start (exit code 1).',
    )
    expect(started).toBeLessThanOrEqual(4)
  })

  it('asks for no further photo once one of them failed for a reason of our own', async () => {
    const asked: string[] = []
    const failing = {
      ...{ prepare: () => Promise.reject(new Error('not asked')) },
      square: async (path: string) => {
        asked.push(path)
        if (asked.length === 1) throw new Error('The disk is gone.')
        return new Promise<Uint8Array>((resolve) => setTimeout(() => resolve(new Uint8Array(12_288)), 5))
      },
    }
    await expect(readPhotoFolder(await writeTwo(10), 'colour', failing)).rejects.toThrow('The disk is gone.')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked.length).toBeLessThanOrEqual(4)
  })
})
