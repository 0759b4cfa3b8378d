// Images cross every carrier as bytes: the same pixels, lists and columns that lie in the files.
import { expect, it } from 'vitest'
import { BY_INDEX, EVERY_IMAGE } from '#shared/images.ts'
import { FakeTrainers } from '../main/host/fake-trainers.ts'
import { openTestHost, temporaryFolder } from '../main/host/open-test-host.ts'
import { smallContent, writeQuartet } from '../main/datasets/small-dataset.ts'
import { CARRIERS } from './carriers.ts'

it.each(Object.entries(CARRIERS))('images over %s', async (_name, open) => {
  const content = smallContent(30, 10)
  const directory = await writeQuartet(temporaryFolder(), content)
  const host = await openTestHost(new FakeTrainers().spawn)
  const { client } = await (await open(host))()
  const source = { datasetId: 'small', directory }
  const { height, width, trainCount, testCount } = await client.images.describe(source)
  expect([height, width, trainCount, testCount]).toEqual([8, 8, 30, 10])

  const sheet = await client.images.readSheet({ ...source, images: [31, 2] })
  const pixels = new Uint8Array(await sheet.arrayBuffer())
  expect(pixels.subarray(0, 64)).toEqual(content.test.pixels.subarray(64, 128))
  expect(pixels.subarray(64)).toEqual(content.train.pixels.subarray(128, 192))

  const labels = new Uint8Array(await (await client.images.readLabels(source)).arrayBuffer())
  expect([...labels]).toEqual([...content.train.labels, ...content.test.labels])

  const filter = { ...EVERY_IMAGE, splits: ['test' as const], classes: [2] }
  const order = { ...BY_INDEX, descending: true }
  const list = await client.images.select({ ...source, filter, order })
  expect([...new Uint32Array(await list.arrayBuffer())]).toEqual([38, 35, 32])

  const nothing = await client.images.select({ ...source, filter: { ...filter, images: [] }, order })
  expect(nothing.size).toBe(0)
  expect(await client.images.countFacets({ ...source, filter })).toMatchObject({
    count: 3,
    splits: { train: 10, test: 3 },
    classes: [4, 3, 3],
  })
  expect((await client.images.readStatistics(source)).test).toEqual([4, 3, 3])
  expect((await client.images.readClassImages(source)).size).toBe(3 * 2 * 64)
  const { test } = await client.images.findNeighbours({ ...source, image: 0, count: 3 })
  expect(test).toHaveLength(3)
  await expect(client.images.readSheet({ ...source, images: [40] })).rejects.toMatchObject({
    code: 'invalid-setting',
    message: expect.stringContaining('There is no image 40') as string,
  })
})
