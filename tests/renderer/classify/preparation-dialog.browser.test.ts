import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { DEFAULT_PREPARATION, type PreparationSettings } from '#shared/preparation.ts'
import PreparationDialog from '../../../src-renderer/pages/classify/PreparationDialog.svelte'
import { FakeHost } from '../fake-host.ts'
import { expectNoFaults } from './expect-no-faults.ts'
import { openDialog } from './open-dialog.ts'

const onapply = vi.fn<(settings: PreparationSettings) => void>()
const button = (name: string) => page.getByRole('button', { name })
const field = (name: string) => page.getByRole('textbox', { name })

async function open(settings: PreparationSettings = DEFAULT_PREPARATION) {
  return openDialog(new FakeHost(), PreparationDialog, { settings, onapply })
}

beforeEach(() => onapply.mockClear())

describe('The dialog of preparation', () => {
  it('shows every setting in its unit, and applies what was changed', async () => {
    await open({ ...DEFAULT_PREPARATION, trimTolerance: 0.08 })
    await expect.element(field('Trim tolerance')).toHaveValue('8')
    await expect.element(button('Apply')).toBeDisabled()
    await field('Trim tolerance').fill('12')
    await field('Padding').fill('2')
    await field('Sharpening').fill('0,7')
    await page.getByRole('radio', { name: 'By corners' }).click()
    await page.getByRole('radio', { name: 'Never' }).click()
    await button('Apply').click()
    expect(onapply.mock.calls).toEqual([
      [{ cutOut: 'corners', trimTolerance: 0.12, invert: 'never', padding: 2, sharpen: 0.7 }],
    ])
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('says in place what is outside of the limits, and does not apply it', async () => {
    await open()
    await field('Padding').fill('9')
    await expect.element(page.getByText('A whole number from 0 to 8.')).toBeVisible()
    await expect.element(field('Padding')).toHaveAttribute('aria-invalid', 'true')
    await expect.element(button('Apply')).toBeDisabled()
    await userEvent.keyboard('{Enter}')
    expect(onapply).not.toHaveBeenCalled()
    await field('Padding').fill('8')
    await expect.element(button('Apply')).toBeEnabled()
  })

  it('goes back to the defaults, also from what is no number', async () => {
    await open({ ...DEFAULT_PREPARATION, invert: 'always' })
    await field('Sharpening').fill('much')
    await button('Back to defaults').click()
    await expect.element(field('Sharpening')).toHaveValue('0.5')
    await expect.element(button('Back to defaults')).toBeDisabled()
    await button('Apply').click()
    expect(onapply.mock.calls).toEqual([[DEFAULT_PREPARATION]])
  })

  it('says what a choice does, what applying does, and which setting takes no part', async () => {
    await open()
    await expect.element(page.getByText(/classifies the photos of this batch again/)).toBeVisible()
    await page.getByRole('radio', { name: 'None' }).click()
    await expect.element(page.getByText(/The whole photo is taken for the garment/)).toBeVisible()
    await expect.element(field('Trim tolerance')).toBeDisabled()
  })

  it('is done by the keyboard alone, and keeps what is typed when the batch is told of anew', async () => {
    const { change } = await open()
    await expect.element(field('Trim tolerance')).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}')
    await change({ settings: { ...DEFAULT_PREPARATION } })
    await expect.element(field('Trim tolerance')).toHaveValue('7')
    await userEvent.keyboard('{Enter}')
    expect(onapply.mock.calls).toEqual([[{ ...DEFAULT_PREPARATION, trimTolerance: 0.07 }]])
  })

  it('forgets what was not applied', async () => {
    await open()
    await field('Padding').fill('3')
    await userEvent.keyboard('{Escape}')
    await button('Open').click()
    await expect.element(field('Padding')).toHaveValue('0')
    expect(onapply).not.toHaveBeenCalled()
  })

  it('has no faults for axe', async () => {
    await open()
    await expectNoFaults()
  })
})
