import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ImageFilter, ImageOrder } from '#shared/images.ts'
import { BY_INDEX, EVERY_IMAGE, imageFilterSchema } from '#shared/images.ts'
import type { Host } from '#main/host/host.ts'
import { FASHION_MNIST_FOLDER, NEEDS_REAL_DATA } from '../../reference.ts'
import { writePatterns } from '../training/patterns.ts'
import { smallContent, writeQuartet } from '../datasets/small-dataset.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, requestSeeds, temporaryFolder, waitForStatus } from './open-test-host.ts'

async function open() {
  const trainers = new FakeTrainers()
  return { trainers, host: await openTestHost(trainers.spawn) }
}

async function select(
  host: Host,
  directory: string,
  filter: Partial<ImageFilter>,
  order: Partial<ImageOrder> = {},
): Promise<number[]> {
  const source = { datasetId: 'patterns', directory }
  const blob = await host.images.select(source, { ...EVERY_IMAGE, ...filter }, { ...BY_INDEX, ...order })
  return [...new Uint32Array(await blob.arrayBuffer())]
}

/** A run on 4 test images, the answers to which are those of the fake trainer. */
async function trainOn(host: Host, trainers: FakeTrainers, directory: string): Promise<string> {
  const [request] = requestSeeds([1])
  const prepared = await host.backend.prepareRuns(request ? [{ ...request, dataset: null, directory }] : [])
  const [runId = ''] = await host.queue.add(prepared, 'cpu')
  ;(await trainers.nth(1)).trainAll(2)
  await waitForStatus(host, runId, 'completed')
  return runId
}

describe('images over real files', () => {
  it('of a folder are read in place; a folder that is gone is told with a sentence', async () => {
    const { host } = await open()
    const directory = await writePatterns(temporaryFolder())
    const source = { datasetId: 'patterns', directory }
    const { trainCount, channels, classNames } = await host.images.describe(source)
    expect([trainCount, channels, classNames.length]).toEqual([600, 1, 10])
    expect(await select(host, directory, { classes: [3], splits: ['test'] })).toHaveLength(20)
    rmSync(directory, { recursive: true })
    await expect(host.images.describe(source)).rejects.toMatchObject({ name: 'Failure' })
  })

  it('are those of the new content when a dataset is replaced', async () => {
    const { host } = await open()
    const source = { datasetId: 'mine', directory: null }
    const folder = await writeQuartet(temporaryFolder(), smallContent(30, 10))
    await host.datasets.add({ folder, id: 'mine', name: null })
    expect((await host.images.readLabels(source)).size).toBe(40)
    await host.datasets.remove('mine')
    await expect(host.images.readLabels(source)).rejects.toMatchObject({ code: 'not-found' })
    const other = await writeQuartet(temporaryFolder(), smallContent(12, 6))
    await host.datasets.add({ folder: other, id: 'mine', name: null })
    expect((await host.images.readLabels(source)).size).toBe(18)
  })

  it('are filtered and sorted by what a run answered', async () => {
    const { host, trainers } = await open()
    const directory = await writeQuartet(temporaryFolder(), smallContent(30, 4))
    const runId = await trainOn(host, trainers, directory)
    const stored = await host.backend.store.readPredictions(runId)
    const { prediction } = imageFilterSchema.parse({ prediction: { runId } })
    expect(await select(host, directory, { prediction })).toEqual([30, 31, 32, 33])

    const bytes = await (
      await host.images.readPredictions({ datasetId: 'x', directory }, runId)
    ).arrayBuffer()
    const probabilities = new Float32Array(bytes, 0, 34)
    expect(probabilities.subarray(0, 30).every(Number.isNaN)).toBe(true)
    expect([...probabilities.subarray(30)]).toEqual([...stored.probabilities])
    expect([...new Uint8Array(bytes, 34 * 4).subarray(30)]).toEqual([...stored.labels])

    const sorted = await select(host, directory, { prediction }, { by: 'confidence' })
    const byConfidence = [0, 1, 2, 3].sort(
      (a, b) => (stored.probabilities[a] ?? 0) - (stored.probabilities[b] ?? 0) || a - b,
    )
    expect(sorted).toEqual(byConfidence.map((place) => 30 + place))
    const { prediction: counts } = await host.images.countFacets(
      { datasetId: 'x', directory },
      { ...EVERY_IMAGE, prediction },
    )
    expect((counts?.right ?? 0) + (counts?.wrong ?? 0)).toBe(4)
  })

  it('a run on other data, an order without its run or image, and an image that is not there are refused', async () => {
    const { host, trainers } = await open()
    const directory = await writeQuartet(temporaryFolder(), smallContent(30, 4))
    const runId = await trainOn(host, trainers, directory)
    const other = await writeQuartet(temporaryFolder(), smallContent(30, 4, 3, 9))
    const { prediction } = imageFilterSchema.parse({ prediction: { runId } })
    await expect(select(host, other, { prediction })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('was evaluated on other data') as string,
    })
    await expect(select(host, directory, {}, { by: 'mistake' })).rejects.toMatchObject({
      code: 'invalid-setting',
      message: expect.stringContaining('choose the run') as string,
    })
    await expect(select(host, directory, {}, { by: 'likeness' })).rejects.toMatchObject({
      code: 'invalid-setting',
    })
    await expect(select(host, directory, { images: [34] })).rejects.toMatchObject({ code: 'invalid-setting' })
  })

  it('are refused with a sentence once the host closes', async () => {
    const { host } = await open()
    const directory = await writeQuartet(temporaryFolder(), smallContent(30, 4))
    await select(host, directory, {})
    host.images.close()
    await expect(select(host, directory, {})).rejects.toMatchObject({ code: 'unavailable' })
  })

  it.skipIf(FASHION_MNIST_FOLDER === null)(
    `of the real data are found as they are${NEEDS_REAL_DATA}`,
    async () => {
      const { host } = await open()
      const directory = FASHION_MNIST_FOLDER ?? ''
      const source = { datasetId: 'fashion-mnist', directory }
      expect(await host.images.describe(source)).toMatchObject({ trainCount: 60_000, testCount: 10_000 })
      const { test, train } = await host.images.readStatistics(source)
      expect([...train, ...test]).toEqual([
        ...new Array<number>(10).fill(6000),
        ...new Array<number>(10).fill(1000),
      ])
      const boots = await select(host, directory, { classes: [9], splits: ['test'] })
      expect(boots).toHaveLength(1000)
      expect(boots[0]).toBe(60_000)
      const neighbours = await host.images.findNeighbours(source, 60_000, 4)
      expect(neighbours.train).toHaveLength(4)
      const [nearest] = neighbours.train
      expect(nearest?.distance).toBeGreaterThan(0)
    },
  )
})
