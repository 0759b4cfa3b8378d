// A usual window that is zoomed to 200 % is as a page of 720 by 450 pixels.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { makeRuns } from '../fake-runs.ts'
import { FakeWorkshop } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const completed = makeRuns(30).find(({ status, evaluation }) => status === 'completed' && evaluation !== null)
const WIDE = [1440, 900] as const

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => page.viewport(...WIDE))

describe('a narrow window', () => {
  it.each([
    '#/experiments',
    '#/runs',
    `#/runs/${completed?.id ?? ''}`,
    '#/compare',
    '#/classify',
    '#/datasets',
    '#/settings',
  ])('has every control within reach of the mouse: %s', async (address) => {
    await page.viewport(720, 450)
    await openPage(new FakeWorkshop(30), address)
    await expect.element(page.getByRole('main').getByRole('button').first()).toBeVisible()
    const main = page.getByRole('main').element()
    const beyond = (): string[] =>
      [...main.querySelectorAll('button, a, input, select')]
        .filter((control) => control.closest('[role=grid]') === null) // scrolls by itself
        .filter((control) => control.getBoundingClientRect().right > innerWidth)
        .map((control) => control.textContent)
    await expect.poll(beyond).toEqual([])
    expect(document.body.scrollWidth).toBe(innerWidth)
  })

  it('has what can be done to a run below its name, however long that is', async () => {
    await page.viewport(720, 450)
    const host = new FakeWorkshop(30)
    host.change(completed?.id ?? '', { name: 'a name of many letters '.repeat(9).trim() })
    await openPage(host, `#/runs/${completed?.id ?? ''}`)
    const button = page.getByRole('button', { name: 'Train on' })
    await expect.element(page.getByRole('grid', { name: 'Epochs' })).toBeVisible()
    const isOnTop = (): boolean => {
      const { left, top, width, height } = button.element().getBoundingClientRect()
      const there = document.elementFromPoint(left + width / 2, top + height / 2)
      return there?.closest('button') === button.element()
    }
    await expect.poll(isOnTop).toBe(true)
  })

  it('names its pages for who points at an icon and for screen readers', async () => {
    await page.viewport(720, 450)
    await openPage(new FakeWorkshop(3), '#/runs')
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Datasets/ })
    await expect.element(link).toHaveAttribute('title', 'Datasets')
    expect(link.element().getBoundingClientRect().width).toBeLessThan(60)
    await page.viewport(...WIDE)
    await expect.element(link).not.toHaveAttribute('title')
  })
})
