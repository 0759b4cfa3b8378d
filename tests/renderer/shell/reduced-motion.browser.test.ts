import { expect, it, onTestFinished } from 'vitest'
import { cdp, page } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

it('who wants little motion sees the colours of another theme at once, however deep an element lies', async () => {
  await emulate([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  onTestFinished(async () => {
    await emulate([])
    delete document.documentElement.dataset['theme']
  })
  await openPage(new FakeHost(3), '#/runs')
  const cell = page.getByRole('row').nth(1).getByRole('gridcell').last()
  await expect.element(cell).toBeVisible()
  const colours = (['light', 'dark', 'light'] as const).map((theme) => {
    document.documentElement.dataset['theme'] = theme
    return getComputedStyle(cell.element()).color
  })
  expect(colours[1]).not.toBe(colours[0])
  expect(colours[2]).toBe(colours[0])
})

async function emulate(features: { name: string; value: string }[]): Promise<void> {
  await cdp().send('Emulation.setEmulatedMedia', { features })
}
