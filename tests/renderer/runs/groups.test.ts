import { expect, it } from 'vitest'
import { spreadOf } from '#shared/core/statistics/spread.ts'
import { findColumn } from '../../../src-renderer/pages/runs/conditions.ts'
import { groupRuns } from '../../../src-renderer/pages/runs/groups.ts'
import { RUN_COLUMNS } from '../../../src-renderer/pages/runs/run-columns.ts'
import { summarizeRun } from '../../../src-renderer/state/summarize-run.ts'
import { makeRuns } from '../fake-runs.ts'

const runs = makeRuns(120).map(summarizeRun)
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
