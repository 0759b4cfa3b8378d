import { expect, test } from 'vitest'
import type { ComparisonDraft } from '#shared/saved-comparison.ts'
import { completeSample, sampleRun } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const DRAFT: ComparisonDraft = {
  name: 'Pooling',
  notes: 'Average pooling is no better.',
  runIds: ['0123abcd', '4567efgh'],
  baseline: '4567efgh',
  view: { metric: 'testAccuracy', axis: 'time' },
}

test('a comparison is kept across a restart, with its runs, its view and its notes', async () => {
  const directory = temporaryHome()
  const store = await temporaryStore(directory)
  const saved = await store.saveComparison(DRAFT)
  expect(saved).toMatchObject(DRAFT)
  store.close()
  expect(await (await temporaryStore(directory)).listComparisons()).toEqual([saved])
})

test('only what is given is changed', async () => {
  const store = await temporaryStore()
  const { id } = await store.saveComparison(DRAFT)
  const changed = await store.changeComparison(id, { name: 'Pooling again' })
  expect(changed).toMatchObject({ ...DRAFT, name: 'Pooling again' })
  await expect(store.changeComparison('none', {})).rejects.toMatchObject({ code: 'not-found' })
})

test('changes that come at the same time are all kept', async () => {
  const store = await temporaryStore()
  const { id } = await store.saveComparison(DRAFT)
  const changes = [
    { name: 'Again' },
    { notes: '' },
    { runIds: ['4567efgh'] },
    { view: {} },
    { baseline: null },
  ]
  await Promise.all(changes.map((change) => store.changeComparison(id, change)))
  const [changed] = await store.listComparisons()
  expect(changed).toMatchObject({ name: 'Again', notes: '', runIds: ['4567efgh'], view: {}, baseline: null })
})

test('a deleted one is hidden, refuses changes, comes back, and goes for good with the purge', async () => {
  const store = await temporaryStore()
  const { id } = await store.saveComparison(DRAFT)
  await store.deleteComparison(id)
  expect(await store.listComparisons()).toEqual([])
  await expect(store.changeComparison(id, { name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  expect(await store.restoreComparison(id)).toMatchObject(DRAFT)
  await store.deleteComparison(id)
  await store.purgeDeletedComparisons('9999')
  await expect(store.restoreComparison(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('many runs are read at once, each as findRun reads it, in the order asked for', async () => {
  const store = await temporaryStore()
  const runs = [await completeSample(store), await completeSample(store), await store.insertRun(sampleRun())]
  const ids = runs.map(({ id }) => id).reverse()
  const read = await store.readRuns([...ids, ids[0] ?? '', 'none'])
  expect(read.runs).toEqual(runs.toReversed())
  expect(read.missing).toEqual([{ id: 'none', message: expect.stringContaining("no run 'none'") as string }])
  const answers = await store.readAnswers(ids)
  expect([...answers.keys()].toSorted()).toEqual(
    runs
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  )
  expect(answers.get(runs[0]?.id ?? '')).toEqual(new Uint8Array(4))
})
