import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SKETCHES } from '#main/datasets/describe-dataset.ts'
import { findDone } from '#main/host/find-done.ts'
import type { AppEvent } from '#shared/contract.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { hashDataset } from '#main/datasets/content-hash.ts'
import { writePatterns } from '../training/patterns.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, queueSeeds, requestSeeds, temporaryFolder, waitForStatus } from './open-test-host.ts'

async function open(dataDirectory: string | null = null) {
  const trainers = new FakeTrainers()
  const host = await openTestHost(trainers.spawn, { dataDirectory })
  const events: AppEvent[] = []
  const listening = host.announcer.read(new AbortController().signal)
  void (async () => {
    for await (const event of listening) events.push(event)
  })()
  return { host, trainers, events }
}

describe('the datasets', () => {
  it('of a new data folder are the drawn one and those to download', async () => {
    const { host } = await open()
    const [sketches, fashion] = await host.datasets.list()
    const { generated: _, ...content } = SKETCHES
    expect(sketches).toMatchObject({ state: 'generated', directory: null, bytes: 0, ...content })
    expect(fashion).toMatchObject({ state: 'available', id: 'fashion-mnist', hash: null, trainCount: 0 })
    expect(fashion?.classNames).toHaveLength(10)
    expect(fashion?.bytes).toBeGreaterThan(30_000_000)
  })

  it('are added from a folder, which is announced, verified, and removed', async () => {
    const { host, events } = await open()
    const folder = await writePatterns(temporaryFolder())
    const added = await host.datasets.add({ folder, id: 'mine', name: 'Mine' })
    expect(added).toMatchObject({ state: 'installed', id: 'mine', name: 'Mine', directory: null })
    expect(await host.datasets.list()).toContainEqual(added)
    expect(await host.datasets.verify('mine')).toBe(added.hash)
    await host.datasets.remove('mine')
    expect((await host.datasets.list()).map(({ id }) => id)).toEqual(['sketches', 'fashion-mnist'])
    const types = events.map(({ type }) => type)
    expect(types.filter((type) => type === 'datasets-changed')).toHaveLength(2)
    const [progress] = events.filter((event) => event.type === 'dataset-progressed')
    expect(progress).toMatchObject({ id: 'mine', activity: 'installing' })
  })

  it('are announced under the id that the caller chose, with the name, and cancelled by it', async () => {
    const { host, events } = await open()
    const folder = await writePatterns(temporaryFolder())
    await host.datasets.add({ folder, id: null, name: 'Mine', announceAs: 'work-1' })
    const [progress] = events.filter((event) => event.type === 'dataset-progressed')
    expect(progress).toMatchObject({ id: 'work-1', name: 'Mine', activity: 'installing' })
    const adding = host.datasets.add({ folder, id: 'other', name: null, announceAs: 'work-2' })
    expect(() => host.datasets.cancel('other')).toThrow('Nothing is being added')
    host.datasets.cancel('work-2')
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('that are damaged are listed as such', async () => {
    const { host } = await open()
    const folder = await writePatterns(temporaryFolder())
    await host.datasets.add({ folder, id: 'mine', name: null })
    writeFileSync(join(host.backend.home.datasets, 'mine', 'dataset.json'), 'nonsense')
    const [damaged] = await host.datasets.list()
    expect(damaged).toMatchObject({
      state: 'damaged',
      id: 'mine',
      hash: null,
      note: expect.stringContaining('mine') as string,
    })
  })

  it('are not added when the user ends it; there is nothing to end afterwards', async () => {
    const { host } = await open()
    const folder = await writePatterns(temporaryFolder())
    const adding = host.datasets.add({ folder, id: 'mine', name: null })
    host.datasets.cancel('mine')
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' })
    expect((await host.datasets.list()).map(({ id }) => id)).not.toContain('mine')
    expect(() => host.datasets.cancel('mine')).toThrow('it may be done already')
  })

  it('are not added twice at once', async () => {
    const { host } = await open()
    const folder = await writePatterns(temporaryFolder())
    const adding = host.datasets.add({ folder, id: 'mine', name: null })
    await expect(host.datasets.add({ folder, id: 'mine', name: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    await adding
  })

  it('of a folder that was named at the start are offered without installing them', async () => {
    const folder = await writePatterns(temporaryFolder())
    const { host } = await open(folder)
    const [first] = await host.datasets.list()
    expect(first).toMatchObject({ state: 'folder', directory: folder, bytes: 0 })
    expect(first?.hash).toMatch(/^[0-9a-f]{64}$/)
    await host.queue.setHeld(true)
    const [request] = requestSeeds([1])
    const runs = await host.backend.prepareRuns(
      request ? [{ ...request, dataset: null, directory: folder }] : [],
    )
    expect(runs[0]?.dataset).toMatchObject({ id: first?.id, hash: first?.hash, directory: folder })
  })

  it('of a folder that holds none end the start with a sentence', async () => {
    await expect(open(temporaryFolder())).rejects.toMatchObject({ name: 'Failure' })
  })
})

describe('the description of a dataset', () => {
  it('that is drawn is the truth', () => {
    const { train, test, ...drawn } = generateSketches()
    const counts = { trainCount: train.count, testCount: test.count }
    expect(SKETCHES).toEqual({ ...drawn, ...counts, hash: hashDataset({ ...drawn, train, test }) })
  })

  it('in a folder is read again when a file of it changes', async () => {
    const { host } = await open()
    const directory = await writePatterns(temporaryFolder())
    const describeFolder = () => host.backend.describeDataset({ id: '', directory })
    const before = await describeFolder()
    expect(await describeFolder()).toBe(before)
    writeFileSync(
      join(directory, 'class-names.txt'),
      before.classNames.map((_, label) => `New ${label}`).join('\n'),
    )
    expect(await describeFolder()).toMatchObject({
      hash: before.hash,
      classNames: expect.arrayContaining(['New 0']) as unknown,
    })
    rmSync(directory, { recursive: true })
    await expect(describeFolder()).rejects.toMatchObject({ name: 'Failure' })
  })
})

describe('what was done before', () => {
  it('is found by its settings and its content, the newest run first; deleted and unfinished runs do not count', async () => {
    const { host, trainers } = await open()
    const [a = '', b = '', c = ''] = await queueSeeds(host, [1, 1, 2])
    ;(await trainers.nth(1)).trainAll(2)
    ;(await trainers.nth(2)).trainAll(2)
    await trainers.nth(3)
    await waitForStatus(host, b, 'completed')
    const { experiment } = await host.backend.store.findRun(a)
    const find = () =>
      findDone(host.backend, [experiment, { ...experiment, seed: 2 }, { ...experiment, epochs: 3 }], null)
    expect(await find()).toEqual([b, null, null])
    await host.backend.store.deleteRun(b)
    expect(await find()).toEqual([a, null, null])
    expect(host.queue.isCurrent(c)).toBe(true)
    expect(await findDone(host.backend, [], null)).toEqual([])
  })

  it('is not found on other content', async () => {
    const { host, trainers } = await open()
    const [a = ''] = await queueSeeds(host, [1])
    ;(await trainers.nth(1)).trainAll(2)
    await waitForStatus(host, a, 'completed')
    const { experiment } = await host.backend.store.findRun(a)
    const folder = await writePatterns(temporaryFolder())
    expect(await findDone(host.backend, [experiment], folder)).toEqual([null])
  })
})
