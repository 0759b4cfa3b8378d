// From a run's confusion matrix to the pictures behind 'Shirt taken for T-shirt/top', to one of them and its neighbours: by
// mouse, and by the keyboard alone. On the real data where it is, on Sketches with smaller numbers otherwise.
import { expect, type Page, test } from '@playwright/test'
import type { Client } from '#shared/client.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { FASHION_MNIST_FOLDER, NEEDS_REAL_DATA } from '../reference.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { goTo, rowsOfRuns } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.skip(FASHION_MNIST_FOLDER === null, NEEDS_REAL_DATA)
test.describe.configure({ mode: 'serial' })

const TRAINED = { timeout: 120_000 }
const SHIRT = 6
const T_SHIRT = 0

let address: string
let page: Page
let client: Client
let problems: readonly string[]
let [runId, other] = ['', '']
/** Images of the test split that are shirts and were taken for T-shirts. */
let behindCell = 0
const workbench = useWorkbench()

const cell = () => page.getByRole('link', { name: /^Shirt taken for T-shirt\/top: [\d,]+ \(/ })
const matrix = () => page.getByRole('region', { name: 'Confusion matrix' })
const images = () => page.getByRole('search', { name: 'Images' })
const evaluation = () => `${new URL(address).origin}/#/runs/${runId}/evaluation`

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  ;({ client, address } = await workbench.open())
  await client.datasets.add({ folder: FASHION_MNIST_FOLDER ?? '', id: null, name: null })
  const requests = (['TinyVGG', 'Other TinyVGG'] as const).map((name, index) => ({
    name,
    experiment: completeExperiment(
      {
        ...{ dataset: 'fashion-mnist', model: { name: 'tiny-vgg' }, trainImages: 4000, epochs: 1 },
        ...{ validationImages: 1000, learningRate: 0.1, seed: index + 1 },
      },
      60_000,
    ),
    directory: null,
    tags: [],
  }))
  const { runIds } = await client.queue.add({ requests, engine: 'simd' })
  ;[runId = '', other = ''] = runIds
  for (const id of runIds)
    await expect.poll(async () => (await client.runs.read({ runId: id })).status, TRAINED).toBe('completed')
  behindCell = (await client.runs.read({ runId })).evaluation?.confusionMatrix.at(SHIRT)?.at(T_SHIRT) ?? 0
  ;({ page, problems } = await workbench.openPage(browser))
  await page.goto(address)
})

test.afterEach(() => expect(problems).toEqual([]))

test('by mouse: from the run to its evaluation, a cell, one of its pictures and the neighbours', async () => {
  await goTo(page, 'Runs')
  await rowsOfRuns(page).filter({ hasText: 'Other TinyVGG' }).waitFor()
  await rowsOfRuns(page)
    .filter({ hasText: /^(?!.*Other).*TinyVGG/ })
    .first()
    .dblclick()
  await page.getByRole('link', { name: 'Look at the mistakes' }).click()
  await expect(matrix()).toContainText('of 10,000 right')
  await cell().click()
  await expect(images()).toContainText(`${behindCell} of 70,000 images`)
  const filters = page.getByRole('group', { name: 'Filters' })
  for (const part of ['split test', 'class Shirt', 'answer T-shirt/top'])
    await expect(filters).toContainText(part)
  const grid = page.getByRole('grid', { name: /^Images of/ })
  await expect(grid).toHaveAttribute('aria-busy', 'false')
  await grid.dblclick({ position: { x: 40, y: 40 } })
  const opened = page.getByRole('region', { name: /^Image test/ })
  await expect(opened.getByRole('row', { name: /TinyVGG.*wrong: T-shirt\/top/ })).toBeVisible()
  await opened
    .getByRole('button', { name: /^Open train/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: /^Image train/ })).toBeVisible()
  await page.goBack()
  await expect(matrix()).toContainText('of 10,000 right')
})

test('by the keyboard alone: over the matrix to the same cell, into a picture, and to its neighbours', async () => {
  await page.goto('about:blank')
  await page.goto(evaluation())
  await expect(matrix()).toBeVisible()
  await pressTabUntil(page, /^T-shirt\/top taken for T-shirt\/top: /)
  for (let row = 0; row < SHIRT; row++) await page.keyboard.press('ArrowDown')
  await expect(cell()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(images()).toContainText(`${behindCell} of 70,000 images`)
  await page.keyboard.press('g')
  await expect(page.getByRole('grid', { name: /^Images of/ })).toBeFocused()
  await page.keyboard.press('Enter')
  const opened = page.getByRole('region', { name: /^Image test/ })
  await expect(opened).toBeFocused()
  await expect(opened).toContainText('Shirt')
  await expect(opened.getByRole('button', { name: /^Open train/ }).first()).toBeVisible()
  await pressTabUntil(page, /^Open train/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: /^Image train/ })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('by mouse: from one of its pictures to its feature maps, and to the numbers behind one of them', async () => {
  await page.goto('about:blank')
  await page.goto(evaluation())
  await cell().click()
  await expect(images()).toContainText(`${behindCell} of 70,000 images`)
  const grid = page.getByRole('grid', { name: /^Images of/ })
  await expect(grid).toHaveAttribute('aria-busy', 'false')
  await grid.dblclick({ position: { x: 40, y: 40 } })
  const opened = page.getByRole('region', { name: /^Image test/ })
  await opened.getByRole('link', { name: 'Look inside TinyVGG' }).click()
  await expect(page.getByRole('heading', { name: 'was Shirt, taken for T-shirt/top' })).toBeVisible()
  await expect(page.getByText(/so T-shirt\/top is ahead of Shirt/)).toBeVisible()
  await page.getByRole('button', { name: /^conv_2_1, map 5 of 10/ }).click()
  const steps = page.getByRole('region', { name: /^How it came to be: conv_2_1, map 5/ })
  await expect(steps.getByRole('table', { name: 'Kernel for map 10' })).toBeVisible()
})

test('by the keyboard alone: from one of its pictures to its feature maps, along them and down the layers', async () => {
  await page.goto('about:blank')
  await page.goto(evaluation())
  await cell().focus()
  await page.keyboard.press('Enter')
  await expect(images()).toContainText(`${behindCell} of 70,000 images`)
  await page.keyboard.press('g')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Look inside TinyVGG' })).toBeVisible()
  await pressTabUntil(page, /^Look inside/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'was Shirt, taken for T-shirt/top' })).toBeVisible()
  await pressTabUntil(page, /^classifier, T-shirt\/top: /)
  for (let layer = 0; layer < 3; layer++) await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /^conv_2_1, map 2 of 10/ })).toBeFocused()
  await expect(page.getByRole('region', { name: /conv_2_1, map 2/ }).getByText(/→ relu →/)).toBeVisible()
})

test('the validation images and a temperature, measured when asked, and there at once after a reload', async () => {
  await page.goto(`${evaluation()}?split=validation`)
  await page.getByRole('button', { name: 'Ask the run and fit its temperature' }).click()
  await expect(matrix()).toContainText('of 1,000 right', { timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Temperature' })).toContainText(
    'changes confidences and no answer',
  )
  const state = await client.evaluation.read({ runId })
  const held = state.report?.validation.confusionMatrix.at(SHIRT)?.at(T_SHIRT) ?? -1
  const { report } = state
  expect(report?.test.scaled.surprise).toBeLessThanOrEqual((report?.test.given.surprise ?? 0) * 1.02)
  await page.reload()
  await expect(matrix()).toContainText('of 1,000 right')
  await cell().click()
  await expect(images()).toContainText(`${held} of 70,000 images`)
  await page.goBack()
  await expect(matrix()).toContainText('validation images')
})

test('another run: the counts are those of the images that its links open', async () => {
  await page.goto(`${evaluation()}?other=${other}`)
  const panel = page.getByRole('region', { name: 'Against another run' })
  await expect(panel).toContainText('exact McNemar')
  const contrast = await client.comparisons.contrast({ first: runId, second: other })
  const { firstOnly, secondOnly, bothWrong } = contrast.all
  for (const [words, count] of [
    ['only this one right', firstOnly],
    ['only the other right', secondOnly],
    ['both wrong', bothWrong],
  ] as const) {
    await page.goto(`${evaluation()}?other=${other}`)
    await panel.getByRole('link', { name: new RegExp(`images, ${words}$`) }).click()
    await expect(images(), words).toContainText(`${count.toLocaleString('en')} of 70,000 images`)
  }
})

test('no serious fault for axe, light or dark, and nothing wider than the smallest window', async () => {
  test.setTimeout(120_000)
  await page.goto(`${evaluation()}?other=${other}`)
  await expect(page.getByRole('region', { name: 'Against another run' })).toContainText('exact McNemar')
  await page.getByText('The bins as a table').click()
  await expectAccessible(page, 'the evaluation')
  await expectToFitSmallWindow(page, 'the evaluation')
})

/** Until what has the focus is called so. */
async function pressTabUntil(on: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await on.keyboard.press('Tab')
    const said = await on.evaluate(
      `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim() ?? ''`,
    )
    if (name.test(said as string)) return
  }
  throw new Error(`Tab leads to nothing that is called ${name.source}`)
}
