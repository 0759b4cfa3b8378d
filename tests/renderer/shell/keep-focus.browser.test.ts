import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'
import { FakeWorkshop } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: 'Runs' })
const row = (name: string) => grid().getByRole('row', { name: new RegExp(name) })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const active = () =>
  document.getElementById(grid().element().getAttribute('aria-activedescendant') ?? '')?.textContent ?? ''

/** Forty runs that are all done, the newest first: run 40 at the top. */
function makeHost(): FakeHost {
  const runs = makeRuns(40).map((run, index) => ({
    ...{ ...run, name: `run ${index + 1}`, status: 'completed' as const, archived: false },
  }))
  return new FakeHost(runs)
}

function focus(name: string | RegExp): void {
  const element = button(name).element()
  if (element instanceof HTMLElement) element.focus()
}

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

describe("the keyboard's place", () => {
  it('is the table after a press on a row, so that keys mean that row', async () => {
    await openPage(makeHost(), '#/runs')
    await row('run 38').click()
    await expect.element(grid()).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(active).toContain('run 37')
    await row('run 36').getByRole('checkbox').click()
    await expect.element(grid()).toHaveFocus()
  })

  it('is the page that is gone to, and the row that was left when one comes back', async () => {
    await openPage(makeHost(), '#/runs')
    await expect.element(grid()).toBeVisible()
    grid().element().focus()
    await userEvent.keyboard('{End}')
    await expect.poll(active).toContain('run 1')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('heading', { level: 1, name: 'run 1' })).toBeVisible()
    await expect.element(page.getByRole('main')).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(grid()).toHaveFocus()
    await expect.poll(active).toContain('run 1')
    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(active).toContain('run 2')
  })

  it('stays at Pause while it becomes Resume, and is there after Stop', async () => {
    const host = makeHost()
    host.change('run-00003', { status: 'running' })
    await openPage(host, '#/runs/run-00003')
    await expect.element(button('Pause')).toBeVisible()
    focus('Pause')
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Resume')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Pause')).toHaveFocus()
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('dialog')).toBeVisible()
    page.getByRole('dialog').getByRole('button').last().element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => host.find('run-00003').status).toBe('cancelled')
    await expect.element(button('Resume')).toHaveFocus()
  })

  it('stays at Queue when the runs are queued', async () => {
    await openPage(new FakeWorkshop(), '#/experiments')
    await expect.element(button(/^Queue 1 run/)).not.toHaveAttribute('aria-disabled')
    focus(/^Queue 1 run/)
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('One run is queued.')).toBeVisible()
    await expect.element(button('Queue runs')).toHaveFocus()
  })

  it('goes back from a message that is gone to where it was before', async () => {
    await openPage(makeHost(), '#/runs')
    await row('run 38').click()
    await userEvent.keyboard('{Delete}')
    await expect.element(button('Undo')).toBeVisible()
    focus('Undo')
    await userEvent.keyboard('{Enter}')
    await expect.element(row('run 38')).toBeVisible()
    await expect.element(grid()).toHaveFocus()
  })
})
