import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

it('a label that is given moves and covers none of the buttons that give labels', async () => {
  const host = new FakeHost(20)
  const [run] = [...host.runs.values()].filter(({ status }) => status === 'completed')
  if (run === undefined) throw new Error('there is a run')
  const { id } = host.photos.add(['autumn/0000.jpg', 'autumn/0001.jpg'], [run])
  await page.viewport(1440, 900)
  await openPage(host, `#/classify?batch=${id}`)
  const bar = page.getByRole('region', { name: 'Is it right?' })
  await expect.element(bar).toBeVisible()
  const buttons = () => [...bar.element().querySelectorAll('li button')]
  const places = () => buttons().map((button) => button.getBoundingClientRect().toJSON() as DOMRect)
  const before = places()
  page.getByRole('grid', { name: 'Photos' }).element().focus()
  await userEvent.keyboard('3')
  await expect.element(page.getByText(/^Labelled/)).toBeVisible()
  await expect.poll(() => buttons()[2]?.getAttribute('aria-pressed')).toBe('true')
  expect(places()).toEqual(before)
  for (const [index, { left, top, width, height }] of before.entries()) {
    expect(buttons()[index]?.contains(document.elementFromPoint(left + width / 2, top + height / 2))).toBe(
      true,
    )
  }
})
