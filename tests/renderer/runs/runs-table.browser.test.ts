import { beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: 'Runs' })
const columnValues = (name: string): readonly string[] => {
  const heads = [...grid().element().querySelectorAll('[role=columnheader]')]
  const at = heads.findIndex((head) => head.textContent.trim() === name)
  const rows = [...grid().element().querySelectorAll('[role=row]:not([aria-rowindex="1"])')]
  return rows.map((row) => row.children[at]?.textContent.trim() ?? '')
}

beforeEach(() => localStorage.clear())

describe('the table of runs', () => {
  it('keeps its column heads in sight while it is scrolled', async () => {
    await openPage(new FakeHost(200), '#/runs')
    await expect.element(grid()).toBeVisible()
    const table = grid().element()
    table.scrollTop = 2000
    await expect
      .poll(() => table.querySelector('[role=row][aria-rowindex="60"]')?.textContent)
      .not.toBe(undefined)
    const head = table.querySelector('[role=columnheader]:nth-child(3)')
    const { top, left, width, height } = head?.getBoundingClientRect() ?? new DOMRect()
    expect(top).toBeGreaterThanOrEqual(table.getBoundingClientRect().top)
    const seen = document.elementFromPoint(left + width / 2, top + height / 2)
    expect(seen?.closest('[role=columnheader]')).toBe(head)
  })

  it('has a sweep that was made in one millisecond in its order, the last run first, also after a reload', async () => {
    const createdAt = '2026-03-01T08:00:00.000Z'
    const sweep = makeRuns(7).map((run, at) => ({
      ...run,
      ...{ createdAt, archived: false, experiment: { ...run.experiment, seed: 6 + at } },
    }))
    const host = new FakeHost(sweep.slice(0, 2))
    await openPage(host, '#/runs')
    await expect.element(grid()).toBeVisible()
    for (const run of sweep.slice(2)) {
      host.runs.set(run.id, run)
      host.announce({ type: 'run-changed', run })
    }
    const order = ['12', '11', '10', '9', '8', '7', '6']
    await expect.poll(() => columnValues('Seed')).toEqual(order)
    await openPage(host, '#/runs')
    await expect.poll(() => columnValues('Seed')).toEqual(order)
  })
})
