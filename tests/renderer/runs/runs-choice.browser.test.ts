import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: 'Runs' })
const row = (name: string) => grid().getByRole('row', { name: new RegExp(name) })
/** The text of the row that the keyboard is on. */
const active = () =>
  document.getElementById(grid().element().getAttribute('aria-activedescendant') ?? '')?.textContent ?? ''

/** Of six runs that are all done, the newest first: run 6 at the top. */
async function open(): Promise<FakeHost> {
  const runs = makeRuns(6).map((run, index) => ({
    ...{ ...run, name: `run ${index + 1}`, status: 'completed' as const, archived: false },
  }))
  const host = new FakeHost(runs)
  await openPage(host, '#/runs')
  await expect.element(grid()).toBeVisible()
  return host
}

async function moveTo(name: string): Promise<void> {
  await expect.element(row(name)).toBeVisible()
  grid().element().focus()
  for (let press = 0; press < 6 && !active().includes(name); press++) await userEvent.keyboard('{ArrowDown}')
  await expect.poll(active).toContain(name)
}

beforeEach(() => localStorage.clear())

describe('runs in the list', () => {
  it('are chosen from one to another by a press and a press with Shift', async () => {
    await open()
    await row('run 5').click()
    await row('run 2').click({ modifiers: ['Shift'] })
    await expect.element(page.getByText('4 chosen')).toBeVisible()
    await expect.poll(active).toContain('run 2')
  })

  it.each([
    ['deleted', '{Delete}'],
    ['archived', 'e'],
  ])('are gone on from where one was that is %s', async (_, key) => {
    await open()
    await moveTo('run 4')
    await userEvent.keyboard(key)
    await expect.element(row('run 4')).not.toBeInTheDocument()
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(active).toContain('run 3')
  })

  it('are left alone by keys once they are out of sight', async () => {
    const host = await open()
    await moveTo('run 4')
    await userEvent.keyboard('e')
    await expect.element(row('run 4')).not.toBeInTheDocument()
    await userEvent.keyboard('{Delete}')
    await userEvent.keyboard('{ArrowDown}s')
    await expect.poll(() => host.find('run-00003').starred).toBe(true)
    expect(host.calls.map(({ name }) => name)).not.toContain('runs.delete')
  })
})
