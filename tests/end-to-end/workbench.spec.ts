// The journey of a person who starts Atelier for the first time, in a real browser, against the real host: one page,
// one data folder, one test after the other. Nothing may be reported on the console on the way.
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { FASHION_MNIST_FOLDER, NEEDS_REAL_DATA } from '../reference.ts'
import { writeSmallDataset } from './small-dataset.ts'
import {
  addDataset,
  figure,
  fillForm,
  goTo,
  queueRuns,
  rowsOfEpochs,
  rowsOfRuns,
} from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const CLASS_NAMES = ['cap', 'belt', 'scarf', 'glove', 'sock', 'vest', 'tie', 'skirt', 'parka', 'clog']
const SMALL = 'Stripes'
const SWEPT = FASHION_MNIST_FOLDER === null ? SMALL : 'Fashion-MNIST'
const EPOCHS = 40
const TRAINING_PATIENCE_MS = 90_000

let parent: string
let address: string
let page: Page
let problems: readonly string[]
const workbench = useWorkbench()

/** The run of the sweep that trains now, as it stands at the side of every page. */
const current = () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Rates/ })

test.beforeAll(async ({ browser }) => {
  ;({ parent, address } = await workbench.open())
  ;({ page, problems } = await workbench.openPage(browser))
})

test.afterEach(() => expect(problems).toEqual([]))

test('a first start with no data says what to do, and takes the token out of the address', async () => {
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'No run yet' })).toBeVisible()
  expect(page.url()).not.toContain('token')
  await page.getByRole('link', { name: 'Look at the data' }).click()
  const sketches = page.getByRole('article', { name: /^Sketches/ })
  await expect(sketches.getByText('generated', { exact: true })).toBeVisible()
  await expect(sketches).toContainText('say nothing about photographs of garments')
})

test('an experiment on Sketches trains to the end and is shown with curves and confusion', async () => {
  const sketches = page.getByRole('article', { name: /^Sketches/ })
  await sketches.getByRole('button', { name: 'Use in an experiment' }).click()
  await fillForm(page, {
    model: 'Linear',
    texts: {
      'Training images': '300',
      'Validation images': '100',
      Epochs: '3',
      'Batch size': '32',
      Name: 'First',
    },
  })
  await queueRuns(page, 1)
  await goTo(page, 'Runs')
  await expect(rowsOfRuns(page)).toHaveCount(1)
  await expect(rowsOfRuns(page)).toContainText('completed', { timeout: TRAINING_PATIENCE_MS })
  await rowsOfRuns(page).dblclick()
  await expect(page.getByRole('heading', { level: 1, name: 'First' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Loss by epoch' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Accuracy by epoch' })).toBeVisible()
  await expect(figure(page, 'Test accuracy')).toHaveText(/^\d+(\.\d+)? %$/)
  await expect(rowsOfEpochs(page)).toHaveCount(3)
  const confusion = page.getByRole('table', { name: /^Test images/ })
  await expect(confusion.getByRole('rowheader')).toHaveCount(10)
})

test(`Fashion-MNIST is added from its folder${NEEDS_REAL_DATA}`, async () => {
  test.skip(FASHION_MNIST_FOLDER === null, NEEDS_REAL_DATA)
  await addDataset(page, FASHION_MNIST_FOLDER ?? '', 'Fashion-MNIST')
  const card = page.getByRole('article', { name: 'Fashion-MNIST', exact: true })
  await expect(card).toContainText('60,000 training + 10,000 test images')
  await expect(card.getByText('installed', { exact: true })).toBeVisible()
})

test('a dataset of one’s own is added from a folder, and a wrong folder is refused in place', async () => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Datasets' }).click()
  await page.getByRole('button', { name: 'Add dataset' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a dataset' })
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(join(parent, 'nothing'))
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await page.keyboard.press('Escape')
  const own = join(parent, 'stripes')
  await writeSmallDataset(own, CLASS_NAMES)
  await addDataset(page, own, SMALL)
  const card = page.getByRole('article', { name: SMALL, exact: true })
  await expect(card.getByRole('list', { name: 'Classes' }).getByRole('listitem')).toHaveText(CLASS_NAMES)
})

test('a sweep is queued, watched live, and nothing is lost by a reload in the middle', async () => {
  await goTo(page, 'Experiments')
  await fillForm(page, {
    dataset: SWEPT,
    model: 'ANN',
    texts: {
      'Training images': SWEPT === SMALL ? '300' : '2000',
      'Validation images': '100',
      'Learning rate': '0.01, 0.1, 0.3',
      Seed: '1, 2',
      Epochs: String(EPOCHS),
      Name: 'Rates',
    },
  })
  await queueRuns(page, 6)
  await current().click()
  await expect(page.getByRole('heading', { level: 1, name: /^Rates/ })).toBeVisible()
  await expect.poll(() => rowsOfEpochs(page).count()).toBeGreaterThan(0)
  const name = await page.getByRole('heading', { level: 1 }).innerText()
  const before = await finishedEpochs(page)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect.poll(() => finishedEpochs(page)).toBeGreaterThanOrEqual(before)
})

test('a run is paused, stays where it is over a reload, and is resumed to its end', async () => {
  // The current run may end at any moment: it is the one after it, which has just begun, that is paused.
  const before = (await current().getAttribute('href')) ?? ''
  await expect(current()).not.toHaveAttribute('href', before, { timeout: TRAINING_PATIENCE_MS })
  const name = await current().innerText()
  await current().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect.poll(() => rowsOfEpochs(page).count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByText('paused', { exact: true })).toBeVisible()
  const epochs = await finishedEpochs(page)
  await page.reload()
  await expect(page.getByText('paused', { exact: true })).toBeVisible()
  await expect.poll(() => finishedEpochs(page)).toBe(epochs)
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(page.getByText('completed', { exact: true })).toBeVisible({ timeout: TRAINING_PATIENCE_MS })
  await expect.poll(() => finishedEpochs(page)).toBe(EPOCHS)
})

test('six runs are grouped by rate, each group with mean and spread', async () => {
  test.setTimeout(4 * TRAINING_PATIENCE_MS)
  await goTo(page, 'Runs')
  const completed = rowsOfRuns(page).filter({ hasText: /Rates/ }).filter({ hasText: 'completed' })
  await expect(completed).toHaveCount(6, { timeout: 3 * TRAINING_PATIENCE_MS })
  await page.getByRole('searchbox', { name: /^Search runs/ }).fill('Rates')
  await page.getByRole('button', { name: /^Group/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Learning rate', exact: true }).click()
  await page.keyboard.press('Escape')
  await expectGroups()
})

test('all is there after the server has ended and started again', async () => {
  await page.goto('about:blank') // a page would rightly report that its host is gone
  await page.goto(await workbench.restart())
  await goTo(page, 'Runs')
  await page.getByRole('searchbox', { name: /^Search runs/ }).fill('Rates')
  await page.getByRole('button', { name: /^Group/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Learning rate', exact: true }).click()
  await page.keyboard.press('Escape')
  await expectGroups()
  await page.getByRole('searchbox', { name: /^Search runs/ }).fill('First')
  await expect(rowsOfRuns(page)).toHaveCount(1)
  await rowsOfRuns(page).dblclick()
  await expect(rowsOfEpochs(page)).toHaveCount(3)
  await expect(page.getByRole('table', { name: /^Test images/ })).toBeVisible()
  await goTo(page, 'Datasets')
  await expect(page.getByRole('article', { name: SMALL, exact: true })).toContainText('installed')
})

/** Three headings of two members, each with a spread, and the six runs below them. */
async function expectGroups(): Promise<void> {
  const groups = page.getByRole('grid', { name: 'Runs' }).locator('[role=row]:has([aria-expanded])')
  await expect(groups).toHaveCount(3)
  await expect(groups).toContainText(['Learning rate 0.01', 'Learning rate 0.1', 'Learning rate 0.3'])
  for (const group of await groups.all()) {
    await expect(group).toContainText('n = 2')
    await expect(group.getByText(/^[\d.]+ ± [\d.]+ %$/).first()).toBeVisible()
  }
  await expect(rowsOfRuns(page)).toHaveCount(6)
}

/** What the run's page says of itself: '12 of 40'. */
async function finishedEpochs(at: Page): Promise<number> {
  return Number.parseInt(await figure(at, 'Epochs').innerText(), 10)
}
