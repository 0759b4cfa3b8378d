// What holds on every page: no serious fault for axe in either theme, nothing wider than the smallest window, and a way
// through by keyboard alone.
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { writeSmallDataset } from './small-dataset.ts'
import { watchPage } from './watch-page.ts'
import { goTo, openPalette, PAGES, rowsOfEpochs, rowsOfRuns } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)

const CLASS_NAMES = ['cap', 'belt', 'scarf', 'glove', 'sock', 'vest', 'tie', 'skirt', 'parka', 'clog']
const COMPLETION = { timeout: 60_000 }

let address: string
const workbench = useWorkbench()

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const { client, parent, ...opened } = await workbench.open()
  address = opened.address
  const images = join(parent, 'images')
  await writeSmallDataset(images, CLASS_NAMES)
  await client.datasets.add({ folder: images, id: 'stripes', name: 'Stripes' })
  const requests = [0.001, 0.1].map((learningRate) => {
    const settings = { dataset: 'stripes', model: { name: 'mlp' }, epochs: 3, validationImages: 50 } as const
    const experiment = completeExperiment({ ...settings, learningRate }, 400)
    return { name: `rate ${learningRate}`, experiment, directory: null, tags: ['sweep'] }
  })
  const { runIds } = await client.queue.add({ requests, engine: 'simd' })
  const [, last = ''] = runIds
  await expect
    .poll(async () => (await client.runs.read({ runId: last })).status, COMPLETION)
    .toBe('completed')
  await client.queue.hold({})
  await client.queue.add({ requests, engine: 'simd' })
})

test('axe finds no serious fault on any page, light or dark, and nothing is wider than 1024 x 700', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const problems = await watchPage(page)
  await page.goto(address)
  for (const name of PAGES) {
    await goTo(page, name)
    await expectAccessible(page, name)
    await expectToFitSmallWindow(page, name)
  }
  await goTo(page, 'Runs')
  await page.getByRole('button', { name: /^Group/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Learning rate', exact: true }).click()
  await expectAccessible(page, 'Runs in groups with the menu open')
  await page.keyboard.press('Escape')
  await rowsOfRuns(page).filter({ hasText: 'completed' }).first().dblclick()
  await expect(rowsOfEpochs(page)).toHaveCount(3)
  await expectAccessible(page, 'a run')
  await expectToFitSmallWindow(page, 'a run')
  expect(problems).toEqual([])
})

test('axe finds no serious fault in the dialogs', async ({ page }) => {
  test.setTimeout(180_000)
  const problems = await watchPage(page)
  await page.goto(address)
  for (const [keys, name] of [
    ['Control+k', 'Do anything'],
    ['?', 'Shortcuts'],
  ] as const) {
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await expectAccessible(page, name)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await goTo(page, 'Experiments')
  await expect(page.getByRole('button', { name: 'Presets' })).toBeEnabled() // the datasets have been read
  await page.keyboard.press('p')
  await expect(page.getByRole('dialog', { name: 'Presets' })).toBeVisible()
  await expectAccessible(page, 'Presets')
  await page.keyboard.press('Escape')
  await goTo(page, 'Datasets')
  await page.keyboard.press('a')
  await expect(page.getByRole('dialog', { name: 'Add a dataset' })).toBeVisible()
  await expectAccessible(page, 'Add a dataset')
  expect(problems).toEqual([])
})

test('the keyboard alone leads through the palette, the sheet of shortcuts and the runs to a run', async ({
  page,
}) => {
  const problems = await watchPage(page)
  const { keyboard } = page
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
  await openPalette(page)
  await keyboard.type('settings')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
  await expect(sheet).toContainText('Datasets')
  await keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await keyboard.press('Alt+2')
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
  await expect(page.getByRole('searchbox')).toBeVisible() // the runs have been read
  await keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.type('rate 0.1')
  await expect(rowsOfRuns(page)).toHaveCount(2)
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('grid', { name: 'Runs' })).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowUp')
  const active = rowsOfRuns(page).nth(0)
  await expect(page.getByRole('grid', { name: 'Runs' })).toHaveAttribute(
    'aria-activedescendant',
    (await active.getAttribute('id')) ?? '',
  )
  const name = await active.getByRole('gridcell').nth(1).innerText()
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page.getByRole('button', { name: 'Star', exact: true })).toBeVisible() // the run has been read
  await keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
  expect(problems).toEqual([])
})
