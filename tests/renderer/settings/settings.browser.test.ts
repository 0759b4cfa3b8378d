import { beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeWorkshop } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

beforeEach(() => localStorage.clear())

describe('the Settings page', () => {
  it('says which engines start, and what the others miss', async () => {
    await openPage(new FakeWorkshop(), '#/settings')
    await expect.element(page.getByText('Needs CUDA 11.2 and cuDNN 8.1, which are not here.')).toBeVisible()
    await expect.element(page.getByText('@tensorflow/tfjs-backend-wasm 4.22.0')).toBeVisible()
    await expect.poll(() => page.getByText('starts', { exact: true }).elements().length).toBe(3)
  })

  it('keeps the engine and the theme that are chosen', async () => {
    const host = new FakeWorkshop()
    await openPage(host, '#/settings')
    await page.getByRole('radio', { name: /^wasm/ }).click()
    await expect.poll(() => host.settings.engine).toBe('wasm')
    await page.getByRole('radio', { name: 'Dark' }).click()
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark')
    await page.getByRole('radio', { name: 'As the system' }).click()
    await expect.poll(() => document.documentElement.dataset['theme']).toBeUndefined()
  })

  it('keeps the number of threads', async () => {
    const host = new FakeWorkshop()
    await openPage(host, '#/settings')
    await page.getByLabelText('Threads of the engine simd').click()
    await expect
      .element(page.getByRole('option', { name: /Automatic one for each of 8 cores/ }))
      .toBeVisible()
    await page.getByRole('option', { name: '3 threads' }).click()
    await expect.poll(() => host.settings.threads).toBe(3)
    await page.getByLabelText('Threads of the engine simd').click()
    await page.getByRole('option', { name: /Automatic/ }).click()
    await expect.poll(() => host.settings.threads).toBe('automatic')
  })

  it('shows the data folder and how to choose another, the machine, the version and the shortcuts', async () => {
    await openPage(new FakeWorkshop(), '#/settings')
    await expect.element(page.getByText('/data/atelier')).toBeVisible()
    await expect.element(page.getByText('--home FOLDER')).toBeVisible()
    await expect.element(page.getByText('Example, 8 cores')).toBeVisible()
    await page.getByRole('button', { name: /Keyboard shortcuts/ }).click()
    await expect.element(page.getByRole('dialog')).toBeVisible()
  })

  it('says when an engine could not be kept or the engines could not be checked', async () => {
    const host = new FakeWorkshop()
    host.refusals.set('settings.change', 'The settings could not be written: the disk is full.')
    host.refusals.set('system.checkEngines', 'The engines were not tried, because a run trains.')
    await openPage(host, '#/settings')
    await expect.element(page.getByText(/The engines were not tried, because a run trains/)).toBeVisible()
    await page.getByRole('radio', { name: /^cpu/ }).click()
    await expect.element(page.getByText(/the disk is full/)).toBeVisible()
  })
})
