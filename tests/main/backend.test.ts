import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BackendSettings, openBackend } from '#main/backend.ts'
import { locateHome } from '#main/home.ts'
import { forkTrainer } from '#main/training/spawn-trainer.ts'
import { refusal } from './files/refusal.ts'
import { makeTemporaryFolder } from './files/temporary-folder.ts'
import { ENGINE, HARDWARE, STARTED_AT } from './store/sample-runs.ts'
import { openTrainingHome } from './training/training-home.ts'

async function settingsFor(directory?: string): Promise<BackendSettings> {
  const home = locateHome(directory ?? join(await makeTemporaryFolder(), 'home'))
  return { home, purpose: 'a test', version: '0.0.0', spawnTrainer: forkTrainer, announce: () => undefined }
}

describe('a data folder', () => {
  it('is made, has one owner at a time, and is free again when that one closes', async () => {
    const settings = await settingsFor()
    const first = await openBackend(settings)
    const refused = refusal('conflict', `is in use by Atelier (a test, process ${process.pid}`)
    await expect(openBackend(settings)).rejects.toEqual(refused)
    first.close()
    const next = await openBackend(settings)
    next.close()
  })

  it('is free again when its history cannot be opened', async () => {
    const settings = await settingsFor('/dev/null/home')
    await expect(openBackend(settings)).rejects.toMatchObject({ code: 'unavailable' })
    expect(existsSync('/dev/null/home')).toBe(false)
  })

  it('tells at its opening which runs an earlier process left unfinished', async () => {
    const home = await openTrainingHome()
    const { backend } = home
    const [running, queued] = [await home.createRun(), await home.createRun()]
    await backend.store.recordStart(running.id, ENGINE, HARDWARE, STARTED_AT)
    backend.close()
    const next = await openBackend(await settingsFor(backend.home.directory))
    expect(next.interrupted).toEqual([running.id])
    expect((await next.store.findRun(running.id)).status).toBe('interrupted')
    expect((await next.store.findRun(queued.id)).status).toBe('queued')
    next.close()
  })
})

describe('a new run', () => {
  it('is stored with its whole experiment, its dataset and the size of its network', async () => {
    const home = await openTrainingHome()
    const run = await home.createRun({})
    expect(run).toMatchObject({
      name: 'tiny-vgg, sgd 0.1, patterns-1',
      status: 'queued',
      parameters: 7740,
      experiment: { dataset: run.dataset.id, validationImages: 50, epochs: 3, seed: 42 },
      dataset: { directory: home.patterns, generated: false },
    })
    expect(run.dataset.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await home.backend.store.findRun(run.id)).toEqual(run)
  })

  it('holds nothing out when it watches the test images', async () => {
    const home = await openTrainingHome()
    expect((await home.createRun({ testEachEpoch: true })).experiment.validationImages).toBe(0)
  })

  it('takes the best dataset there is when none is named, and a name when one is given', async () => {
    const { backend } = await openTrainingHome()
    const run = await backend.createRun({ settings: {}, dataset: null, directory: null, name: 'Mine' })
    expect(run).toMatchObject({ name: 'Mine', dataset: { id: 'sketches', generated: true } })
  })

  it.each([
    [{ epochs: 0 }, 'epochs'],
    [{ learningRate: Number.NaN }, 'learningRate'],
    [{ model: { name: 'tiny-vgg', blocks: 4, padding: 'valid', kernelSize: 11 } }, ''],
    [{ validationImages: 600 }, 'it cannot hold out 600 of them (validationImages) and train on at least 1'],
    [{ validationImages: 500, trainImages: 101 }, 'cannot hold out 500 of them'],
  ] as const)('with impossible settings %j is refused and not stored', async (settings, part) => {
    const home = await openTrainingHome()
    await expect(home.createRun(settings)).rejects.toEqual(refusal('invalid-setting', part))
    expect((await home.backend.store.listRuns()).runs).toEqual([])
  })

  it('of a dataset that is not there is refused and not stored', async () => {
    const { backend } = await openTrainingHome()
    const request = { settings: {}, dataset: 'fashion-mnist', directory: null, name: null }
    await expect(backend.createRun(request)).rejects.toEqual(refusal('not-found', 'There is no dataset'))
    expect((await backend.store.listRuns()).runs).toEqual([])
  })
})
