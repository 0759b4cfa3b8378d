import '#shared/zod-without-eval.ts'
import '../../../src-renderer/app.css'
import { expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { page } from 'vitest/browser'
import { wireOfPort } from '../../../src-renderer/channel.ts'
import { openWorkbench } from '../../../src-renderer/open-workbench.ts'
import { FakeHost } from '../fake-host.ts'
import LatePartOnPage from './LatePartOnPage.svelte'

const loadHeading = () => import('./Heading.svelte')
const want = () => page.getByRole('button', { name: 'Want' }).click()
const heading = () => page.getByRole('heading', { name: 'Here it is' })

async function open(load: typeof loadHeading): Promise<void> {
  const host = new FakeHost(0)
  const workbench = openWorkbench({
    reopens: false,
    open: () => Promise.resolve(wireOfPort(host.openPort())),
  })
  await render(LatePartOnPage, { workbench, load })
}

it('a part is loaded when it is wanted, and once', async () => {
  const load = vi.fn(loadHeading)
  await open(load)
  await expect.element(page.getByRole('button', { name: 'Want' })).toBeVisible()
  expect(load).not.toHaveBeenCalled()
  await want()
  await expect.element(heading()).toBeVisible()
  await want()
  expect(load).toHaveBeenCalledOnce()
})

it('a part that does not arrive is told, and tried again when it is wanted again', async () => {
  const load = vi.fn(loadHeading).mockRejectedValueOnce(new Error('its file did not arrive'))
  await open(load)
  await want()
  await expect.element(page.getByText(/its file did not arrive/)).toBeVisible()
  await want()
  await expect.element(heading()).toBeVisible()
})
