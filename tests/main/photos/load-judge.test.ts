// The judge of a run, from the weights and the data that the history tells of.
import { beforeAll, expect, it } from 'vitest'
import { disposeParameters } from '#shared/core/models/live-parameters.ts'
import type { Mark } from '#shared/marks.ts'
import { loadSource } from '#main/datasets/dataset-source.ts'
import { startEngine } from '#main/engines/start-engine.ts'
import { findJudge } from '#main/photos/judge-source.ts'
import { loadJudge } from '#main/photos/load-judge.ts'
import { openTrainingHome, QUICK } from '../training/training-home.ts'

beforeAll(() => startEngine('wasm'))

const EXCLUDED = [4, 17, 230]
const MARKS: readonly Mark[] = [
  ...EXCLUDED.map((image) => ({ image, label: null, excluded: true, note: '' })),
  { image: 9, label: 2, excluded: false, note: '' },
]

it('knows a run by the images and labels that it was trained with, whatever was marked since', async () => {
  const home = await openTrainingHome()
  const { backend, patterns } = home
  const data = await backend.describeDataset({ id: '', directory: patterns })
  await backend.store.changeMarks(data, MARKS, 'Marked in a test')
  const marked = { withoutExcluded: true, correctedLabels: true }
  const run = await home.createRun({ ...QUICK, ...marked, validationImages: 1 })
  await backend.store.changeMarks(
    data,
    MARKS.map((mark) => ({ ...mark, label: null, excluded: false })),
    'Unmarked in a test',
  )
  await (
    await home.train(run)
  ).ended
  const source = await findJudge(backend.store, backend.home, run.id)
  const { judge, parameters } = await loadJudge(source, ({ dataset }) =>
    loadSource(backend.datasets, dataset),
  )
  disposeParameters(parameters)
  const { indices, labels } = judge.references
  expect(indices).toHaveLength(600 - 1 - EXCLUDED.length)
  expect(EXCLUDED.filter((image) => indices.includes(image))).toEqual([])
  expect(labels[indices.indexOf(9)]).toBe(2)
})
