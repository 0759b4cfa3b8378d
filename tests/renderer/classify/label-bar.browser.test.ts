import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

it.each([
  [1440, 900],
  [1024, 700],
])(
  'a label that is given moves and covers none of the buttons that give labels: %i x %i',
  async (wide, high) => {
    const host = new FakeHost(20)
    const [run] = [...host.runs.values()].filter(({ status }) => status === 'completed')
    if (run === undefined) throw new Error('there is a run')
    const { id } = host.photos.add(
      ['autumn/a-photo-of-the-catalogue-with-quite-a-long-name-0000.jpg', 'autumn/0001.jpg'],
      [run],
    )
    await page.viewport(wide, high)
    await openPage(host, `#/classify?batch=${id}`)
    const bar = page.getByRole('region', { name: 'Is it right?' })
    await expect.element(bar).toBeVisible()
    await document.fonts.ready // until then the words have other widths
    const buttons = () => [...bar.element().querySelectorAll('li button')]
    const places = () => buttons().map((button) => button.getBoundingClientRect().toJSON() as DOMRect)
    const before = places()
    page.getByRole('grid', { name: 'Photos' }).element().focus()
    await userEvent.keyboard('3')
    const close = page.getByRole('button', { name: 'Dismiss' }) // at the end of the message
    await expect.element(close).toBeVisible()
    expect(close.element().getBoundingClientRect().right).toBeLessThanOrEqual(
      bar.element().getBoundingClientRect().left,
    )
    await expect.poll(() => buttons()[2]?.getAttribute('aria-pressed')).toBe('true')
    expect(places()).toEqual(before)
    for (const [index, { left, top, width, height }] of before.entries()) {
      const seen = document.elementFromPoint(left + width / 2, top + height / 2)
      expect(buttons()[index]?.contains(seen)).toBe(true)
    }
  },
)
