import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

const palette = () => page.getByRole('dialog', { name: 'Do anything' })

/** On the Runs page, and typed into from then on. */
async function openPalette(): Promise<void> {
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(palette().getByRole('combobox')).toHaveFocus()
}

/** At once: a key of the browser's own comes after what the one before has begun. */
function press(key: string, keys: KeyboardEventInit = {}): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, ...keys, bubbles: true }))
}

beforeEach(() => localStorage.clear())
afterEach(() => void vi.restoreAllMocks())

describe('the palette', () => {
  it('opens by Ctrl+K, finds a page and goes there', async () => {
    await openPage(new FakeHost(5), '#/runs')
    await openPalette()
    await userEvent.keyboard('go sett{Enter}')
    await expect.poll(() => location.hash).toBe('#/settings')
    await expect.element(palette()).not.toBeInTheDocument()
  })

  it('finds a run by words of its name', async () => {
    const host = new FakeHost(5)
    host.change('run-00003', { name: 'the one with velvet' })
    await openPage(host, '#/runs')
    await openPalette()
    await userEvent.keyboard('velvet one')
    await expect.element(page.getByRole('option', { name: /^Runs the one with velvet/ })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toBe('#/runs/run-00003')
  })

  it('adds a run to the comparison by words of its name', async () => {
    const host = new FakeHost(5)
    host.change('run-00003', { name: 'the one with velvet' })
    const workbench = await openPage(host, '#/runs')
    await openPalette()
    await userEvent.keyboard('velvet one')
    await page.getByRole('option', { name: /^Compare the one with velvet/ }).click()
    await expect.element(page.getByText('Added a run to the comparison.')).toBeVisible()
    expect(workbench.comparison.view.runIds).toEqual(['run-00003'])
  })

  it('has the keyboard before the next frame is drawn', async () => {
    await openPage(new FakeHost(1), '#/runs')
    await expect.element(page.getByRole('grid')).toBeVisible()
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0)
    press('k', { ctrlKey: true })
    await expect.element(palette().getByRole('combobox')).toHaveFocus()
  })

  it('is meant by keys that are pressed while it is still on its way', async () => {
    const host = new FakeHost(3)
    const { client } = await openPage(host, '#/runs')
    await page.getByRole('row').nth(1).click()
    press('k', { ctrlKey: true })
    press('s')
    await expect.element(palette().getByRole('combobox')).toHaveFocus()
    await client.settings.read({}) // calls arrive in order
    expect(host.calls.map(({ name }) => name)).not.toContain('runs.annotateAll')
  })

  it('says when nothing is called that', async () => {
    await openPage(new FakeHost(1), '#/runs')
    await openPalette()
    await userEvent.keyboard('zzz')
    await expect.element(page.getByText('Nothing here is called “zzz”.')).toBeVisible()
  })
})

describe('the frame', () => {
  it('lists the keys of this page', async () => {
    await openPage(new FakeHost(3), '#/runs')
    await expect.element(page.getByRole('grid')).toBeVisible()
    await userEvent.keyboard('?')
    await expect
      .element(page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Search runs'))
      .toBeVisible()
  })

  it('names what has several keys once', async () => {
    await openPage(new FakeHost(3), '#/runs')
    await expect.element(page.getByRole('grid')).toBeVisible()
    await userEvent.keyboard('?')
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
    await expect.element(sheet).toBeVisible()
    expect(
      sheet
        .getByRole('term')
        .filter({ hasText: /^Shortcuts$/ })
        .elements(),
    ).toHaveLength(1)
  })

  it('takes what was refused away with its page', async () => {
    const host = new FakeHost(3)
    host.refusals.set('runs.annotateAll', 'The disk is full.')
    const { route } = await openPage(host, '#/runs')
    await page.getByRole('row').nth(1).click()
    await userEvent.keyboard('s')
    await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.')
    route.go('#/settings')
    await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect.element(page.getByText('The disk is full.')).not.toBeInTheDocument()
  })

  it('does not take letters that are typed into a field for keys', async () => {
    const host = new FakeHost(3)
    await openPage(host, '#/runs')
    await page.getByRole('row').nth(1).click() // which the key `s` would star
    await userEvent.click(page.getByPlaceholder('Search runs'))
    await userEvent.keyboard('s?e')
    await expect.element(page.getByPlaceholder('Search runs')).toHaveValue('s?e')
    expect(host.calls.filter(({ name }) => name.startsWith('runs.annotate'))).toEqual([])
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('helps on from an address that names nothing', async () => {
    await openPage(new FakeHost(1), '#/nowhere')
    await expect.element(page.getByText('There is no page “nowhere”.', { exact: false })).toBeVisible()
    await page.getByRole('link', { name: 'All runs' }).click()
    await expect.element(page.getByRole('grid', { name: 'Runs' })).toBeVisible()
  })

  it('follows the theme that is chosen', async () => {
    const host = new FakeHost(1)
    host.settings = { ...host.settings, theme: 'dark' }
    await openPage(host, '#/runs')
    await expect.poll(() => getComputedStyle(document.body).backgroundColor).toBe('rgb(19, 19, 22)')
    host.announce({ type: 'settings-changed', settings: { ...host.settings, theme: 'light' } })
    await expect.poll(() => getComputedStyle(document.body).backgroundColor).toBe('rgb(246, 246, 243)')
  })

  it('shows what trains on every page', async () => {
    const host = new FakeHost(3)
    host.change('run-00001', { status: 'running', name: 'the live one' })
    host.announce({ type: 'queue-changed', queue: { current: 'run-00001', waiting: [], held: false } })
    await openPage(host, '#/nowhere')
    await expect.element(page.getByRole('link', { name: 'the live one' })).toBeVisible()
    await expect.element(page.getByRole('progressbar', { name: 'Training' })).toBeVisible()
  })
})
