// Looking at images: from the list of datasets to one picture, what runs said of it and what is most like it. On
// Sketches, and on the real data where it is; by mouse, and by the keyboard alone.
import { expect, type Page, test } from '@playwright/test'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { FASHION_MNIST_FOLDER, NEEDS_REAL_DATA } from '../reference.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { goTo } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const TRAINED = { timeout: 120_000 }

let address: string
let page: Page
let problems: readonly string[]
let runId: string
const workbench = useWorkbench()

const images = () => page.getByRole('search', { name: 'Images' })
const grid = () => page.getByRole('grid', { name: /^Images of/ })
const button = (name: RegExp) => page.getByRole('button', { name })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  const opened = await workbench.open()
  const { client } = opened
  address = opened.address
  if (FASHION_MNIST_FOLDER !== null)
    await client.datasets.add({ folder: FASHION_MNIST_FOLDER, id: null, name: null })
  const settings = { dataset: 'sketches', model: { name: 'linear' }, epochs: 1, trainImages: 500 } as const
  const experiment = completeExperiment({ ...settings, validationImages: 0 }, 10_000)
  const request = { name: 'First look', experiment, directory: null, tags: [] }
  const { runIds } = await client.queue.add({ requests: [request], engine: 'simd' })
  runId = runIds[0] ?? ''
  await expect.poll(async () => (await client.runs.read({ runId })).status, TRAINED).toBe('completed')
  ;({ page, problems } = await workbench.openPage(browser))
  await page.goto(address)
})

test.afterEach(() => expect(problems).toEqual([]))

test('by mouse: a run’s wrong answers on one class of Sketches, one of them, its neighbours', async () => {
  await goTo(page, 'Datasets')
  const card = page.getByRole('article', { name: /^Sketches/ })
  await card.getByRole('link', { name: 'Look at the images' }).click()
  await expect(images()).toContainText('12,000 images')
  await expect(grid()).toHaveAttribute('aria-busy', 'false')

  await page.getByLabel('Run whose answers are shown').click()
  await page.getByRole('option', { name: /^First look/ }).click()
  await expect(images()).toContainText('2,000 of 12,000 images')
  await button(/^wrong/).click()
  await button(/^Shirt/)
    .first()
    .click()
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('class Shirt')
  await page.getByLabel('Order of the images').click()
  await page.getByRole('option', { name: 'Most confident mistakes first' }).click()
  await expect(page).toHaveURL(/sort=-mistake/)
  await expect(page).toHaveURL(/outcome=wrong/)
  await expect(page.getByRole('region', { name: 'Images', exact: true })).toHaveAttribute(
    'aria-busy',
    'false',
  )

  await grid().dblclick({ position: { x: 60, y: 40 } })
  const opened = page.getByRole('region', { name: /^Image test/ })
  await expect(opened).toContainText('Shirt')
  await expect(opened.getByRole('row', { name: /First look.*wrong:/ })).toBeVisible()
  const neighbour = opened.getByRole('button', { name: /^Open train/ }).first()
  await neighbour.click()
  const shown = page.getByRole('region', { name: /^Image train/ })
  await expect(shown).toBeVisible()
  await expect(page.getByText('was not asked: it was evaluated on other images')).toBeVisible()
  await button(/^Back to the images/).click()
  await expect(shown).toBeHidden()
  await expect(page).not.toHaveURL(/image=/)
})

test('what is shown stands in the address, and comes back from it', async () => {
  const address = page.url()
  const shown = await images().textContent()
  await page.goto('about:blank')
  await page.goto(address)
  await expect(images()).toContainText(shown?.match(/\d[\d,]* of [\d,]+ images/)?.[0] ?? 'nothing was shown')
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('answer is wrong')
})

test('by the keyboard alone: to the images, along them, into one, and back', async () => {
  await page.goto(`${new URL(address).origin}/#/datasets`)
  const link = page
    .getByRole('article', { name: /^Sketches/ })
    .getByRole('link', { name: 'Look at the images' })
  await expect(link).toBeVisible()
  for (let presses = 0; presses < 60 && !(await isFocused('Look at the images', /sketches/)); presses++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(images()).toContainText('12,000 images')
  await page.keyboard.press('g')
  await expect(grid()).toBeFocused()
  await page.keyboard.press('End')
  const current = page.getByRole('gridcell')
  await expect(current).toContainText(/^test 1999, .*12000 of 12000$/)
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByText('3 chosen')).toBeVisible()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/zoom=3/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Image train 2' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Image train 3' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(button(/^Pixel values/)).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await expect(grid()).toBeFocused()
  await expect(current).toContainText(/^train 3, /)
})

test('no serious fault for axe, light or dark, and nothing wider than the smallest window', async () => {
  test.setTimeout(180_000)
  await expectAccessible(page, 'the grid')
  await expectToFitSmallWindow(page, 'the grid')
  await page.getByRole('radio', { name: 'Statistics' }).click()
  await expect(page.getByRole('img', { name: /^Mean brightness/ })).toBeVisible()
  await expectAccessible(page, 'statistics')
  await grid().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Open test/ }).first()).toBeVisible()
  await expectAccessible(page, 'an opened image')
  await expectToFitSmallWindow(page, 'an opened image')
  await page.keyboard.press('Escape')
})

test(`the real data: all of it, one class, and the same image again${NEEDS_REAL_DATA}`, async () => {
  test.skip(FASHION_MNIST_FOLDER === null)
  await page.goto(`${new URL(address).origin}/#/datasets/fashion-mnist?split=test&class=9`)
  await expect(images()).toContainText('1,000 of 70,000 images')
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
  await button(/^Remove the filter split/).click()
  await expect(images()).toContainText('7,000 of 70,000 images')
  await page.keyboard.press('g')
  await page.keyboard.press('Home')
  await expect(page.getByRole('gridcell')).toContainText('train 0, Ankle boot')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/sort=likeness%3A0/)
  await expect(page.getByRole('gridcell')).toContainText(/^train 0, Ankle boot, 1 of 7000$/)
})

async function isFocused(text: string, href: RegExp): Promise<boolean> {
  const found = await page.evaluate(
    `[document.activeElement?.textContent ?? '', document.activeElement?.getAttribute('href') ?? '']`,
  )
  const [said, address] = found as [string, string]
  return said.includes(text) && href.test(address)
}
