import { expect, test } from 'vitest'
import type { PhotoQuery } from '#shared/photo-batch.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION, type PhotoMeasures } from '#shared/preparation.ts'
import type { Verdict, VerdictName } from '#shared/verdict.ts'
import type { Store } from '#main/store/open-store.ts'
import type { StoredPrediction } from '#main/store/photos.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const RUNS = ['one', 'two'].map((runId) => ({
  runId,
  name: runId,
  classNames: ['Dress', 'Bag'],
  testAccuracy: 0.9,
}))
const MEASURES: PhotoMeasures = {
  ...{
    source: 'border',
    backgroundTone: 1,
    backgroundSpread: 1,
    garmentTone: 0.2,
    contrast: 60,
    coverage: 0.5,
  },
  ...{ touchesBorder: 0, cutOutQuality: 1, inverted: true },
}

async function makeBatch(store: Store, files: readonly string[]): Promise<string> {
  const id = await store.photos.insertBatch({
    ...{ name: 'autumn', runs: RUNS, settings: DEFAULT_PREPARATION, preparationVersion: PREPARATION_VERSION },
    ...{ thresholds: null, sources: [{ path: '/autumn', file: null }] },
  })
  const photos = files.map((file) => ({ file, path: `/autumn/${file}`, folderLabel: labelOf(file) }))
  await store.photos.addPhotos(id, photos)
  await store.photos.markListed(id, [])
  return id
}

function labelOf(file: string): string | null {
  return file.includes('/') ? (file.split('/')[0] ?? null) : null
}

function predict(runId: string, label: number, name: VerdictName = 'confident'): StoredPrediction {
  const verdict: Verdict = {
    ...{ name, reason: 'r', probability: 0.9, entropy: 0.1, strangeness: 0.2, contrast: 60 },
    basis: 'validation',
  }
  const className = label === 0 ? 'Dress' : 'Bag'
  return { runId, label, className, verdict, ranking: [{ label, probability: 0.9 }] }
}

function answer(number: number, predictions: readonly StoredPrediction[]) {
  const input = new Uint8Array(784).fill(number)
  return {
    status: 'predicted',
    number,
    input,
    thumbnail: new Uint8Array(3),
    measures: MEASURES,
    predictions,
  } as const
}

async function numbersOf(
  store: Store,
  batchId: string,
  query: Partial<PhotoQuery>,
): Promise<readonly number[]> {
  const all = { filter: 'all', search: '', predicted: null, verdict: null, from: 0, count: 200 } as const
  const { photos, total } = await store.photos.query({ batchId, ...all, ...query })
  expect(total).toBe(photos.length)
  const { from: _from, count: _count, ...everything } = { batchId, ...all, ...query }
  expect(await store.photos.queryNumbers(everything)).toEqual(photos.map(({ number }) => number))
  return photos.map(({ number }) => number)
}

test('a photo with a label that the first run does not know is labelled, and not wrong', async () => {
  const store = await temporaryStore()
  const id = await makeBatch(store, ['Dress/a.jpg', 'not-a-garment/b.jpg', 'not-a-garment/c.jpg'])
  await store.photos.recordOutcomes(
    id,
    [0, 1, 2].map((number) => answer(number, [predict('one', 1), predict('two', 0)])),
  )
  await store.photos.correct(id, [2], 'Dress')
  expect(await store.photos.readBatch(id)).toMatchObject({ labelled: 3, wrong: 2 })
  expect(await numbersOf(store, id, { filter: 'wrong' })).toEqual([0, 2])
})

test('photos are lined up, answered and found again by what became of them, also after a restart', async () => {
  const directory = temporaryHome()
  const first = await temporaryStore(directory)
  const id = await makeBatch(first, ['Dress/a.jpg', 'Dress/b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'])
  expect(await first.photos.listWaiting(id, 1, 2)).toEqual([
    { number: 1, path: '/autumn/Dress/b.jpg' },
    { number: 2, path: '/autumn/c.jpg' },
  ])
  await first.photos.recordOutcomes(id, [
    answer(0, [predict('one', 0), predict('two', 0)]),
    answer(1, [predict('one', 1), predict('two', 0)]),
    answer(2, [predict('one', 1, 'unsure'), predict('two', 1)]),
    { status: 'refused', number: 3, reason: 'This file is empty.' },
  ])
  first.close()

  const store = await temporaryStore(directory)
  expect(await store.photos.readBatch(id)).toMatchObject({
    ...{ name: 'autumn', status: 'running', runs: RUNS, settings: DEFAULT_PREPARATION },
    ...{ total: 5, done: 4, refused: 1, doubtful: 1, disagreeing: 1, labelled: 2, corrected: 0, wrong: 1 },
  })
  expect(await numbersOf(store, id, {})).toEqual([0, 1, 2, 3, 4])
  expect(await numbersOf(store, id, { filter: 'doubtful' })).toEqual([2])
  expect(await numbersOf(store, id, { filter: 'refused' })).toEqual([3])
  expect(await numbersOf(store, id, { filter: 'disagreeing' })).toEqual([1])
  expect(await numbersOf(store, id, { filter: 'labelled' })).toEqual([0, 1])
  expect(await numbersOf(store, id, { filter: 'wrong' })).toEqual([1])
  expect(await numbersOf(store, id, { predicted: 'Bag' })).toEqual([1, 2])
  expect(await numbersOf(store, id, { verdict: 'unsure' })).toEqual([2])
  expect(await numbersOf(store, id, { search: 'DRESS/' })).toEqual([0, 1])
  const page = await store.photos.query({
    ...{ batchId: id, filter: 'all', search: '', predicted: null, verdict: null, from: 3, count: 1 },
  })
  expect([page.total, page.photos.map(({ number }) => number)]).toEqual([5, [3]])
  const photo = await store.photos.find(id, 1)
  expect(photo.input).toEqual(new Uint8Array(784).fill(1))
  expect(photo.predictions.map(({ className }) => className)).toEqual(['Bag', 'Dress'])
  await store.photos.markInterrupted()
  expect(await store.photos.readBatch(id)).toMatchObject({ status: 'interrupted' })
})

test('a photo that is answered again has the new answer, and keeps the label given by hand', async () => {
  const store = await temporaryStore()
  const id = await makeBatch(store, ['a.jpg'])
  await store.photos.recordOutcomes(id, [answer(0, [predict('one', 1)])])
  await store.photos.correct(id, [0], 'Dress')
  await store.photos.recordOutcomes(id, [answer(0, [predict('one', 0), predict('two', 1)])])
  const { predictions, correctedLabel } = await store.photos.find(id, 0)
  expect(predictions.map(({ className }) => className)).toEqual(['Dress', 'Bag'])
  expect(correctedLabel).toBe('Dress')
})

test('labels are changed and taken back, the newest change first, however many photos it had', async () => {
  const store = await temporaryStore()
  const id = await makeBatch(store, ['a.jpg', 'b.jpg', 'c.jpg'])
  const labels = async () =>
    Promise.all([0, 1, 2].map(async (n) => (await store.photos.find(id, n)).correctedLabel))
  await store.photos.correct(id, [0, 1], 'Dress')
  await store.photos.correct(id, [1, 2], 'Bag')
  await store.photos.correct(id, [0], null)
  expect(await labels()).toEqual([null, 'Bag', 'Bag'])
  expect(await store.photos.undoCorrection(id)).toEqual([0])
  expect(await labels()).toEqual(['Dress', 'Bag', 'Bag'])
  expect(await store.photos.undoCorrection(id)).toEqual([1, 2])
  expect(await labels()).toEqual(['Dress', 'Dress', null])
  await store.photos.undoCorrection(id)
  expect(await labels()).toEqual([null, null, null])
  await expect(store.photos.undoCorrection(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a label for a photo that is not there changes nothing', async () => {
  const store = await temporaryStore()
  const id = await makeBatch(store, ['a.jpg'])
  await expect(store.photos.correct(id, [0, 7], 'Bag')).rejects.toMatchObject({ code: 'not-found' })
  expect((await store.photos.find(id, 0)).correctedLabel).toBeNull()
})

test('labels come along to another batch of the same photos', async () => {
  const store = await temporaryStore()
  const from = await makeBatch(store, ['a.jpg', 'b.jpg'])
  const to = await makeBatch(store, ['z.jpg', 'b.jpg'])
  await store.photos.correct(from, [0, 1], 'Bag')
  await store.photos.copyCorrections(from, to)
  expect([
    (await store.photos.find(to, 0)).correctedLabel,
    (await store.photos.find(to, 1)).correctedLabel,
  ]).toEqual([null, 'Bag'])
})

test('a batch that is deleted is gone with all that hangs on it', async () => {
  const store = await temporaryStore()
  const id = await makeBatch(store, ['a.jpg'])
  await store.photos.recordOutcomes(id, [answer(0, [predict('one', 1)])])
  await store.photos.correct(id, [0], 'Dress')
  await store.photos.deleteBatch(id)
  expect(await store.photos.listBatches()).toEqual([])
  await expect(store.photos.find(id, 0)).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.photos.readBatch(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('twenty thousand photos are lined up, labelled and counted', async () => {
  const store = await temporaryStore()
  const files = Array.from({ length: 20_000 }, (_, index) => `${index}.jpg`)
  const id = await makeBatch(store, files)
  await store.photos.correct(
    id,
    files.map((_, index) => index),
    'Bag',
  )
  expect(await store.photos.readBatch(id)).toMatchObject({ total: 20_000, corrected: 20_000 })
})
