import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PhotoSet } from '#shared/adaptation.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import type { Run } from '#shared/run.ts'
import { prepareAdaptation } from '#main/prepare-adaptation.ts'
import { takeFirst } from '../../reference.ts'
import { writeQuartet } from '../datasets/small-dataset.ts'
import { openTrainingHome, type Settings, type TrainingHome } from './training-home.ts'

const PARENT: Settings = {
  model: { name: 'mlp', hiddenUnits: [32] },
  trainImages: 600,
  epochs: 2,
}

const { train, test, ...form } = generateSketches()
/** A few of Sketches, for a folder: drawing all of them takes longer than training on these. */
const FEW = { ...form, train: takeFirst(train, 800), test: takeFirst(test, 200) }

/** Sketches upside down: a network that knows them upright alone has most of them wrong. */
function turnSketches(count: number): PhotoSet {
  const { pixels, labels } = test
  const inputs = new Uint8Array(count * 784)
  for (let i = 0; i < count; i++) inputs.set(pixels.subarray(i * 784, (i + 1) * 784).toReversed(), i * 784)
  return { inputs, labels: labels.slice(0, count) }
}

async function trainParent(home: TrainingHome): Promise<Run> {
  const { backend, patterns } = home
  const directory = await writeQuartet(join(dirname(patterns), 'few'), FEW)
  const parent = await backend.createRun({ settings: PARENT, dataset: null, directory, name: 'old' })
  return (await home.train(parent)).ended
}

async function insertAdaptation({ backend }: TrainingHome, parent: Run, photos: PhotoSet): Promise<Run> {
  return backend.store.insertRun(await prepareAdaptation(backend.store, { parent, photos, name: null }))
}

async function hashLastCheckpoint({ backend }: TrainingHome, { id }: Run): Promise<string> {
  const last = (await backend.store.listCheckpoints(id)).at(-1)
  const bytes = await readFile(join(backend.home.runFolder(id), last?.file ?? ''))
  return createHash('sha256').update(bytes).digest('hex')
}

describe('an adapted run', () => {
  it('names its parent and photos, knows its gain on photos kept aside, and resumes to the same bytes', async () => {
    const home = await openTrainingHome()
    const { store } = home.backend
    const parent = await trainParent(home)
    const photos = turnSketches(60)
    const run = await insertAdaptation(home, parent, photos)
    expect(run.name).toBe('old, adapted to 60 photos')
    expect(run.experiment.adaptation).toMatchObject({
      parentRunId: parent.id,
      parentEpoch: 2,
      photoCount: 60,
    })
    const ended = await (await home.train(run)).ended
    expect([ended.status, ended.reason]).toEqual(['completed', null])

    const gain = await store.readGain(run.id)
    expect(gain).toMatchObject({ folds: 3, count: 60 })
    expect((gain?.after ?? 0) - (gain?.before ?? 0)).toBeGreaterThan(6) // 10 points
    const log = (await store.readLog(run.id)).map(({ text }) => text)
    expect(log.join(' ')).toContain(
      `Of 60 photos ${gain?.before} were right before and ${gain?.after} are right`,
    )

    const again = await insertAdaptation(home, parent, photos)
    const firstEpoch = home.next('epoch-completed')
    const execution = await home.train(again)
    await firstEpoch
    execution.interrupt('A crash.')
    expect((await execution.ended).status).toBe('interrupted')
    // Weights of its own: the parent's are not needed any more.
    await rm(home.backend.home.runFolder(parent.id), { recursive: true })
    const resumed = await (await home.train(await store.findRun(again.id))).ended
    expect(resumed.status).toBe('completed')
    expect(await store.readGain(again.id)).toEqual(gain)
    expect(await hashLastCheckpoint(home, again)).toBe(await hashLastCheckpoint(home, run))
  }, 120_000)
})

describe('an adaptation', () => {
  it('is refused for too few photos, for classes that the run does not have, and without weights to begin with', async () => {
    const home = await openTrainingHome()
    const { store } = home.backend
    const parent = await trainParent(home)
    const { inputs, labels } = turnSketches(10)
    const prepare = (photos: PhotoSet, run = parent) =>
      prepareAdaptation(store, { parent: run, photos, name: null })
    const few = { inputs: inputs.slice(0, 3 * 784), labels: labels.slice(0, 3) }
    await expect(prepare(few)).rejects.toThrow('with 4 to 20000 labelled photos, found 3')
    await expect(prepare({ inputs, labels: labels.with(2, 10) })).rejects.toThrow(
      'Class 10 is not one of the 10',
    )
    const untrained = await home.createRun()
    await expect(prepare({ inputs, labels: labels.fill(0) }, untrained)).rejects.toThrow(
      'only a completed run',
    )
    const run = await insertAdaptation(home, parent, turnSketches(8))
    await store.forgetCheckpoint(parent.id, 2)
    await expect(home.train(run)).rejects.toThrow(`The weights of run ${parent.id} after epoch 2 are gone`)
  }, 60_000)
})
