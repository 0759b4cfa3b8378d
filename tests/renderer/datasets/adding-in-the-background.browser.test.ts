import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Workbench } from '../../../src-renderer/workbench.ts'
import { FakeWorkshop } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const FULL = 'The disk is full. Make room, then try again.'
const dialog = () => page.getByRole('dialog')

/** Photos are being added, and the host answers when `answer` is called. */
async function beginAdding(host: FakeWorkshop): Promise<{ workbench: Workbench; answer: () => void }> {
  const made = Promise.withResolvers<undefined>()
  host.pauses.set('datasets.addPhotos', made.promise)
  const workbench = await openPage(host, '#/datasets')
  await page.getByRole('button', { name: 'Add dataset' }).click()
  await dialog().getByRole('radio', { name: 'Photos, in colours' }).click()
  await page.getByLabelText('Folder').fill('/data/mine')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => host.calls.some(({ name }) => name === 'datasets.addPhotos')).toBe(true)
  return { workbench, answer: () => made.resolve(undefined) }
}

async function closeDialog(): Promise<void> {
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
}

async function leavePage({ route }: Workbench): Promise<void> {
  await closeDialog()
  route.go('#/settings')
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

describe('a dataset that is added while its dialog is closed', () => {
  it.each([
    ['closed', closeDialog],
    ['left with its page', leavePage],
  ])('says why it failed when the dialog was %s', async (_, leave) => {
    const host = new FakeWorkshop()
    const { workbench, answer } = await beginAdding(host)
    await leave(workbench)
    host.refusals.set('datasets.addPhotos', FULL)
    answer()
    await expect.element(page.getByRole('alert').getByText(FULL)).toBeVisible()
  })

  it('opens with nothing of a failure that was told', async () => {
    const host = new FakeWorkshop()
    const { answer } = await beginAdding(host)
    host.refusals.set('datasets.addPhotos', FULL)
    answer()
    await expect.element(dialog().getByText(FULL)).toBeVisible()
    await closeDialog()
    await page.getByRole('button', { name: 'Add dataset' }).click()
    await expect.element(dialog()).toBeVisible()
    await expect.element(dialog().getByText(FULL)).not.toBeInTheDocument()
  })

  it('says which files could not be used when its page was left', async () => {
    const host = new FakeWorkshop()
    host.leftOut = [
      { file: 'mine/Cups/3.jpg', reason: 'This file is empty.' },
      { file: 'mine/Cups/4.jpg', reason: 'This file is empty.' },
    ]
    const { workbench, answer } = await beginAdding(host)
    await leavePage(workbench)
    answer()
    await expect
      .element(
        page.getByText(
          'Photos is installed without 2 files that could not be used, such as mine/Cups/3.jpg: This file is empty.',
        ),
      )
      .toBeVisible()
  })
})
