import { expect, it } from 'vitest'
import { spreadOf } from '#shared/core/statistics/spread.ts'
import { findColumn } from '../../../src-renderer/pages/runs/conditions.ts'
import { groupRuns } from '../../../src-renderer/pages/runs/groups.ts'
import { RUN_COLUMNS } from '../../../src-renderer/pages/runs/run-columns.ts'
import { summarizeRun } from '../../../src-renderer/state/summarize-run.ts'
import { makeRuns } from '../fake-runs.ts'

const all = makeRuns(200).map(summarizeRun)
/** What can be compared. */
const runs = all.filter(
  ({ experiment: { dataset, model } }) => dataset === 'fashion-mnist' && model.name === 'tiny-vgg',
)
const by = [findColumn('learningRate')].filter((column) => column !== undefined)
const group = (closed: ReadonlySet<string> = new Set()) => groupRuns(runs, by, RUN_COLUMNS, [], closed)

it('puts every run under its value, values in order, and counts them', () => {
  const sections = group().filter((item) => item.kind === 'section')
  expect(sections.map(({ label }) => label)).toEqual([
    'Learning rate 0.001',
    'Learning rate 0.01',
    'Learning rate 0.1',
  ])
  expect(sections.reduce((sum, { count }) => sum + count, 0)).toBe(runs.length)
  expect(group().filter(({ kind }) => kind === 'row').length).toBe(runs.length)
})

it('shows the mean and the standard deviation over the members that have the value', () => {
  const [section] = group().filter((item) => item.kind === 'section')
  const values = runs
    .filter(({ experiment }) => experiment.learningRate === 0.001)
    .flatMap(({ evaluation }) =>
      evaluation === null ? [] : [evaluation.metrics.correct / evaluation.metrics.count],
    )
  const spread = spreadOf(values)
  const expected = `${((spread?.mean ?? 0) * 100).toFixed(2)} ± ${((spread?.deviation ?? 0) * 100).toFixed(2)} %`
  expect(values.length).toBeLessThan(section?.count ?? 0)
  expect(section?.cells['testAccuracy']?.text).toBe(`${expected} (${values.length})`)
  expect(section?.cells['testAccuracy']?.title).toContain('standard deviation')
})

it('gives one run no spread', () => {
  const one = runs.filter(({ evaluation }) => evaluation !== null).slice(0, 1)
  const [section] = groupRuns(one, by, RUN_COLUMNS, [], new Set())
  expect(section?.kind === 'section' && section.cells['testAccuracy']?.text).not.toContain('±')
})

it('keeps the members of a closed group back', () => {
  const [first] = group()
  const items = group(new Set([first?.key ?? '']))
  expect(items[0]).toMatchObject({ kind: 'section', isOpen: false })
  expect(items[1]?.kind).toBe('section')
})

it('averages nothing over different datasets, networks or loss functions, and says so', () => {
  const cellOf = (members: typeof all, column: string) => {
    const [section] = groupRuns(members, [], RUN_COLUMNS, [], new Set())
    return section?.kind === 'section' ? section.cells[column] : undefined
  }
  const mixedData = all.filter(({ experiment }) => experiment.model.name === 'tiny-vgg')
  expect(cellOf(mixedData, 'testAccuracy')).toEqual({
    text: '2 datasets',
    title: expect.stringMatching(
      /^Not averaged.*Fashion-MNIST.*Sketches|^Not averaged.*Sketches.*Fashion/,
    ) as string,
    isMixed: true,
  })
  const mixedModels = all.filter(({ experiment }) => experiment.dataset === 'fashion-mnist')
  expect(cellOf(mixedModels, 'elapsedMs')?.text).toBe('3 models')
  expect(cellOf(runs, 'testLoss')?.text).toBe('3 losses')
  expect(cellOf(runs, 'testAccuracy')?.text).toMatch(/ ± /)
})

it('puts groups that have no mean last when sorted by it', () => {
  const sorts = [{ key: 'testAccuracy', order: 'descending' }] as const
  const model = [findColumn('dataset'), findColumn('learningRate')].filter((column) => column !== undefined)
  const oneNetwork = all.filter(({ experiment, dataset }) => {
    return experiment.model.name === 'mlp' || dataset.id === 'sketches'
  })
  const sections = groupRuns(oneNetwork, model, RUN_COLUMNS, sorts, new Set()).filter(
    ({ kind }) => kind === 'section',
  )
  const isMixed = sections.map(
    (item) => item.kind === 'section' && item.cells['testAccuracy']?.isMixed === true,
  )
  expect(isMixed).toContain(true)
  expect(isMixed).toEqual(isMixed.toSorted())
})
