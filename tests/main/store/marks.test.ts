import { expect, test } from 'vitest'
import type { Mark } from '#shared/marks.ts'
import { nameMarkSet } from '#main/store/mark-sets.ts'
import { sampleRun } from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

const DATA = { hash: 'd'.repeat(64), trainCount: 100 }
const WRONG: Mark = { image: 7, label: 2, excluded: false, note: '' }
const EXCLUDED: Mark = { image: 103, label: null, excluded: true, note: 'two shoes' }

test('marks come back as they were given, in the order of the images, also after a restart', async () => {
  const directory = temporaryHome()
  const first = await temporaryStore(directory)
  await first.changeMarks(DATA, [EXCLUDED, WRONG], 'Marked 2 images')
  first.close()
  const store = await temporaryStore(directory)
  expect(await store.readMarks(DATA)).toEqual({
    marks: [WRONG, EXCLUDED],
    undo: 'Marked 2 images',
    redo: null,
  })
})

test('marks of other images are other marks', async () => {
  const store = await temporaryStore()
  await store.changeMarks(DATA, [WRONG], 'Marked')
  expect((await store.readMarks({ ...DATA, hash: 'e'.repeat(64) })).marks).toEqual([])
})

test('changes are undone and done again one after the other, also after a restart', async () => {
  const directory = temporaryHome()
  const first = await temporaryStore(directory)
  await first.changeMarks(DATA, [WRONG], 'one')
  await first.changeMarks(DATA, [{ ...WRONG, label: 5 }], 'two')
  await first.changeMarks(DATA, [{ ...WRONG, label: null }], 'three')
  first.close()
  const store = await temporaryStore(directory)
  expect(await store.reverseChange(DATA, 'undo')).toBe('three')
  expect((await store.readMarks(DATA)).marks).toEqual([{ ...WRONG, label: 5 }])
  expect(await store.reverseChange(DATA, 'undo')).toBe('two')
  expect(await store.readMarks(DATA)).toEqual({ marks: [WRONG], undo: 'one', redo: 'two' })
  expect(await store.reverseChange(DATA, 'redo')).toBe('two')
  expect(await store.reverseChange(DATA, 'redo')).toBe('three')
  expect((await store.readMarks(DATA)).marks).toEqual([])
  await expect(store.reverseChange(DATA, 'redo')).rejects.toMatchObject({ code: 'conflict' })
})

test('a new change ends what could be done again', async () => {
  const store = await temporaryStore()
  await store.changeMarks(DATA, [WRONG], 'one')
  await store.reverseChange(DATA, 'undo')
  await store.changeMarks(DATA, [EXCLUDED], 'two')
  expect(await store.readMarks(DATA)).toEqual({ marks: [EXCLUDED], undo: 'two', redo: null })
})

test('a change that changes nothing is none', async () => {
  const store = await temporaryStore()
  await store.changeMarks(DATA, [WRONG], 'one')
  await store.changeMarks(DATA, [WRONG], 'the same again')
  expect((await store.readMarks(DATA)).undo).toBe('one')
})

test('a run keeps the very set of marks that it was made with', async () => {
  const store = await temporaryStore()
  const markSet = nameMarkSet({ excluded: [3, 9], corrected: [[4, 1]] }, DATA.hash)
  const experiment = { withoutExcluded: true, marks: markSet.hash }
  const { id } = await store.insertRun(sampleRun(experiment, { markSet }))
  await store.changeMarks(DATA, [WRONG], 'marked since')
  const run = await store.findRun(id)
  expect((await store.findMarkSet(run.experiment.marks, DATA.hash)).set).toEqual(markSet.set)
  await expect(store.findMarkSet(markSet.hash, 'e'.repeat(64))).rejects.toMatchObject({ code: 'conflict' })
  await expect(store.findMarkSet('0'.repeat(16), DATA.hash)).rejects.toMatchObject({ code: 'not-found' })
})

test('a set is named by what is in it', () => {
  const one = nameMarkSet({ excluded: [1], corrected: [] }, DATA.hash)
  expect(one.hash).toMatch(/^[0-9a-f]{16}$/)
  expect(nameMarkSet({ excluded: [1], corrected: [] }, DATA.hash).hash).toBe(one.hash)
  expect(nameMarkSet({ excluded: [2], corrected: [] }, DATA.hash).hash).not.toBe(one.hash)
  expect(nameMarkSet({ excluded: [1], corrected: [] }, 'e'.repeat(64)).hash).not.toBe(one.hash)
})
