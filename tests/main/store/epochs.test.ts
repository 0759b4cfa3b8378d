import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  FINISHED_AT,
  sampleCheckpoint,
  sampleEpoch,
  sampleEvaluation,
  samplePredictions,
  sampleRun,
  trainSample,
} from './sample-runs.ts'
import { temporaryStore } from './temporary-home.ts'

test('an epoch is refused when the run does not train', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun())
  await expect(store.recordEpoch(id, sampleEpoch(1), sampleCheckpoint(1))).rejects.toMatchObject({
    code: 'conflict',
    message: `Epoch 1 came for run ${id}, which is queued and not running.`,
  })
})

test('an epoch that finishes while the run is being paused is kept', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 1)
  await store.updateStatus(id, 'paused')
  await store.recordEpoch(id, sampleEpoch(2), sampleCheckpoint(2))
  expect((await store.findRun(id)).epochs).toHaveLength(2)
})

test('whatever epochs arrive, only the next one is taken, and none after the last', async () => {
  const store = await temporaryStore()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }), async (arrivals) => {
      const { id } = await trainSample(store, 0, sampleRun({ epochs: 4 }))
      let last = 0
      for (const epoch of arrivals) {
        const recorded = store.recordEpoch(id, sampleEpoch(epoch), sampleCheckpoint(epoch))
        if (epoch === last + 1 && epoch <= 4) await recorded.then(() => last++)
        else await expect(recorded).rejects.toMatchObject({ code: 'conflict' })
      }
      const expected = Array.from({ length: last }, (_, index) => sampleEpoch(index + 1))
      expect((await store.findRun(id)).epochs).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('an epoch whose checkpoint cannot be stored leaves nothing behind', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 1)
  await expect(store.recordEpoch(id, sampleEpoch(2), sampleCheckpoint(1))).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(store.recordEpoch(id, sampleEpoch(2), { ...sampleCheckpoint(2), bytes: 0 })).rejects.toThrow(
    /CHECK constraint/,
  )
  expect((await store.findRun(id)).epochs).toEqual([sampleEpoch(1)])
  await store.recordEpoch(id, sampleEpoch(2), sampleCheckpoint(2))
})

test('a loss that is not finite is not stored', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 0)
  for (const loss of [NaN, Infinity]) {
    const metrics = { ...sampleEpoch(1), train: { ...sampleEpoch(1).train, loss } }
    await expect(store.recordEpoch(id, metrics, sampleCheckpoint(1))).rejects.toThrow()
  }
  expect((await store.findRun(id)).epochs).toEqual([])
})

test('two callers at the same time do not get between each other', async () => {
  const store = await temporaryStore()
  const runs = await Promise.all([trainSample(store, 3), trainSample(store, 3), trainSample(store, 3)])
  expect(runs.map(({ epochs }) => epochs.length)).toEqual([3, 3, 3])
})

test('a checkpoint can be forgotten once, and its epoch stays', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 2)
  await store.forgetCheckpoint(id, 1)
  expect(await store.listCheckpoints(id)).toEqual([sampleCheckpoint(2)])
  expect((await store.findRun(id)).epochs).toHaveLength(2)
  await expect(store.forgetCheckpoint(id, 1)).rejects.toMatchObject({ code: 'not-found' })
})

test('a run with missing epochs cannot be completed', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 2)
  await expect(
    store.recordCompletion(id, sampleEvaluation(4), samplePredictions(4), FINISHED_AT),
  ).rejects.toMatchObject({
    code: 'conflict',
    message: `Run ${id} cannot be completed after 2 of its 3 epochs. Resume it to train the rest.`,
  })
  expect(await store.findRun(id)).toMatchObject({ status: 'running', evaluation: null })
})

test('an evaluation needs a prediction for each of its images', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 3)
  await expect(
    store.recordCompletion(id, sampleEvaluation(4), samplePredictions(3), FINISHED_AT),
  ).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.readPredictions(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('predictions come back bit for bit', async () => {
  const store = await temporaryStore()
  const prediction = fc.record({
    label: fc.integer({ min: 0, max: 255 }),
    probability: fc.float({ min: 0, max: 1 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(prediction), async (predictions) => {
      const { id } = await trainSample(store, 1, sampleRun({ epochs: 1 }))
      const labels = Uint8Array.from(predictions, ({ label }) => label)
      const probabilities = Float32Array.from(predictions, ({ probability }) => probability)
      const evaluation = {
        ...sampleEvaluation(0),
        metrics: { ...sampleEvaluation(0).metrics, count: labels.length },
      }
      await store.recordCompletion(id, evaluation, { labels, probabilities }, FINISHED_AT)
      expect(await store.readPredictions(id)).toEqual({ labels, probabilities })
    }),
    { numRuns: 25 },
  )
})
