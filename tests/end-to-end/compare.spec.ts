// From a sweep of six runs to what may be claimed of them, in a real browser against the real host: two seeds of one
// setting show no difference, TinyVGG is better than a linear model, the images that flip are shown, and a comparison
// is there again after the server has ended and started anew.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { fillForm, goTo, queueRuns, rowsOfRuns } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const TRAINING_PATIENCE_MS = 240_000
const SHARED = {
  'Training images': '3000',
  'Validation images': '500',
  'Learning rate': '0.1',
  Seed: '1, 2, 3',
}

let parent: string
let address: string
let page: Page
let problems: readonly string[]
const workbench = useWorkbench()

test.beforeAll(async ({ browser }) => {
  ;({ parent, address } = await workbench.open())
  ;({ page, problems } = await workbench.openPage(browser))
})

test.afterEach(() => expect(problems).toEqual([]))

test('six runs of a sweep over seeds are trained, three of a linear model and three of TinyVGG', async () => {
  test.setTimeout(TRAINING_PATIENCE_MS + 60_000)
  await page.goto(address)
  await goTo(page, 'Experiments')
  await fillForm(page, { model: 'Linear', texts: { ...SHARED, Epochs: '6', Name: 'Linear' } })
  await queueRuns(page, 3)
  await fillForm(page, { model: 'TinyVGG', texts: { ...SHARED, Epochs: '4', Name: 'TinyVGG' } })
  await queueRuns(page, 3)
  await goTo(page, 'Runs')
  const completed = rowsOfRuns(page).filter({ hasText: 'completed' })
  await expect(completed).toHaveCount(6, { timeout: TRAINING_PATIENCE_MS })
})

test('chosen on the Runs page, they stand side by side with a baseline', async () => {
  await page.getByRole('checkbox', { name: 'Choose all 6' }).click()
  await page.getByRole('button', { name: /^Compare/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible()
  await expect(table(page).getByRole('columnheader')).toHaveCount(6)
  await makeBaseline(/^Linear.* 1\b/)
  await expect(row('Model').first()).toBeVisible()
})

test('two seeds show no difference, TinyVGG is better, and a setting is another matter than a model', async () => {
  const models = row('These two models')
  await expect(models.filter({ hasText: 'no difference shown' })).toHaveCount(2, { timeout: 60_000 })
  await expect(models.filter({ hasText: 'better' })).toHaveCount(3)
  const settings = row('This setting, over seeds')
  await expect(settings.filter({ hasText: 'same setting' })).toHaveCount(2)
  const verdicts = page.getByRole('region', { name: 'Verdicts' })
  await expect(verdicts).toContainText('Noise floor: 2,000 test images')
  await expect(verdicts).toContainText('over the same 3 seeds, in pairs')
})

test('the images that flip are pictures, there and back', async () => {
  await page.getByRole('button', { name: /^Hold TinyVGG.* 2.* against the baseline/ }).click()
  const flips = page.getByRole('region', { name: 'Images that flip' })
  const there = flips.getByRole('radio', { name: /^only A right: \d+/ })
  await expect(there).toBeVisible({ timeout: 60_000 })
  await expect(flips.locator('canvas').first()).toBeVisible({ timeout: 60_000 })
  const count = Number((await there.innerText()).replaceAll(/\D/g, ''))
  await flips.getByRole('radio', { name: /^only the baseline: \d+/ }).click()
  const back = flips.getByRole('radio', { name: /^only the baseline: \d+/ })
  expect(count).toBeGreaterThan(Number((await back.innerText()).replaceAll(/\D/g, '')))
  await expect(flips.locator('canvas').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Classes' }).getByRole('row')).toHaveCount(11)
})

test('the page has no serious fault for axe and fits the smallest window', async () => {
  test.setTimeout(120_000)
  await expectAccessible(page, 'Compare')
  await expectToFitSmallWindow(page, 'Compare')
})

test('a comparison is kept with its notes and reopened after the server has ended and started again', async () => {
  await page.getByRole('button', { name: 'Save comparison' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save the comparison' })
  await dialog.getByLabel('Name').fill('Linear or TinyVGG')
  await dialog.getByLabel('Notes').fill('TinyVGG is better; the seeds of one setting are not.')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Linear or TinyVGG' })).toBeVisible()
  await page.goto('about:blank') // a page would rightly report that its host is gone
  address = await workbench.restart()
  await page.goto(address)
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: /^Compare/ })
    .click()
  await page.getByRole('button', { name: /^Saved 1/ }).click()
  await page.getByRole('button', { name: /^Linear or TinyVGG/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Linear or TinyVGG' })).toBeVisible()
  await expect(page.getByText('TinyVGG is better; the seeds of one setting are not.')).toBeVisible()
  await expect(table(page).getByRole('columnheader')).toHaveCount(6)
  await expect(row('These two models').filter({ hasText: 'better' })).toHaveCount(3, { timeout: 60_000 })
})

test('the report is one file that opens by itself, loads nothing, and prints', async ({ browser }) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report' }).click(),
  ])
  const file = join(parent, download.suggestedFilename())
  await download.saveAs(file)
  const report = await browser.newPage()
  const asked: string[] = []
  report.on('request', (request) => asked.push(request.url()))
  await report.goto(pathToFileURL(file).href)
  await expect(report.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(report.getByRole('table').first()).toBeVisible()
  await expect(report.getByText('no difference shown').first()).toBeVisible()
  expect(asked).toEqual([pathToFileURL(file).href])
  expect((await report.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  await report.close()
})

function table(at: Page): Locator {
  return at.getByRole('region', { name: 'Runs side by side' })
}

/** The cells of a row by what stands at its head. */
function row(label: string): Locator {
  const found = table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: label }) })
  return found.getByRole('cell')
}

async function makeBaseline(name: RegExp): Promise<void> {
  const head = table(page).getByRole('columnheader').filter({ hasText: name }).first()
  await head.hover()
  const button = head.getByRole('button', { name: /^Make .* the baseline$/ })
  if ((await button.count()) > 0) await button.click()
  await expect(head.getByText('baseline', { exact: true })).toBeVisible()
}
