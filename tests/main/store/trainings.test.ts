import { describe, expect, it } from 'vitest'
import { temporaryStore } from './temporary-home.ts'
import { completeSample, sampleEpoch, sampleRun, trainSample } from './sample-runs.ts'

const HASH = 'd'.repeat(64)

/** A run that watches the test images, as the paper's. */
function watchedRun(change: Parameters<typeof sampleRun>[0] = {}) {
  return sampleRun({ epochs: 3, testEachEpoch: true, validationImages: 0, ...change })
}

describe('the list of trainings', () => {
  it('has every kept run on the content with its epochs, finished or not, oldest first', async () => {
    const store = await temporaryStore()
    const done = await completeSample(store, watchedRun())
    const going = await trainSample(store, 1, watchedRun())
    const waiting = await store.insertRun(watchedRun())
    const deleted = await completeSample(store, watchedRun())
    await completeSample(store)
    await store.deleteRun(deleted.id)
    const listed = await store.listTrainings(HASH, [42], null)
    expect(listed.map(({ id, status, engine, epochs }) => [id, status, engine, epochs.length])).toEqual([
      [done.id, 'completed', 'wasm', 3],
      [going.id, 'running', 'wasm', 1],
      [waiting.id, 'queued', null, 0],
    ])
    expect(listed[0]?.epochs).toEqual([1, 2, 3].map(sampleEpoch))
    expect(listed[0]?.experiment).toEqual(done.experiment)
  })

  it('has only runs with the seeds, the content and the number of images asked for', async () => {
    const store = await temporaryStore()
    const { id } = await completeSample(store, watchedRun({ seed: 7, trainImages: 500 }))
    const ids = async (...query: Parameters<typeof store.listTrainings>) =>
      (await store.listTrainings(...query)).map((one) => one.id)
    expect(await ids(HASH, [6, 7], 500)).toEqual([id])
    expect(await ids(HASH, [6], 500)).toEqual([])
    expect(await ids(HASH, [7], null)).toEqual([])
    expect(await ids('e'.repeat(64), [7], 500)).toEqual([])
  })
})
