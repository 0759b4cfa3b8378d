// The paper's tables in their quick version, in a real browser against the real host: from no data to figures with the
// runs behind them, which are the same after a restart.
import { expect, type Page, test } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { goTo } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

/** Measuring some fourteen networks, then training a table of three small runs. */
const MEASURING_PATIENCE_MS = 240_000
const TRAINING_PATIENCE_MS = 240_000

let address: string
let page: Page
let problems: readonly string[]
const workbench = useWorkbench()

test.beforeAll(async ({ browser }) => {
  const { client, ...opened } = await workbench.open()
  address = opened.address
  // Otherwise every network would be measured on every engine first, which another test does.
  await client.settings.change({ engine: 'simd' })
  ;({ page, problems } = await workbench.openPage(browser))
})

test.afterEach(() => expect(problems).toEqual([]))

test('without Fashion-MNIST the page says how to get it, and takes Sketches instead', async () => {
  await page.goto(address)
  await goTo(page, 'Paper')
  await expect(page.getByRole('heading', { name: 'Fashion-MNIST is not on this machine' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Download/ })).toBeVisible()
  await page.getByRole('button', { name: 'Use Sketches' }).click()
  await expect(
    page.getByText(/Trained on Sketches .* A quick version with 6000 training images/),
  ).toBeVisible()
  await expect(page.getByRole('region', { name: /^Table/ })).toHaveCount(6)
})

test('one button tells the cost first, queues what is missing, and rows fill as runs end', async () => {
  test.setTimeout(MEASURING_PATIENCE_MS + TRAINING_PATIENCE_MS)
  await page.getByLabel('Seeds for rows of up to three epochs').click()
  await page.getByRole('option', { name: '1 seed', exact: true }).click()
  await page.getByRole('button', { name: /^Train \d+ missing…/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Train what is missing' })
  await expect(dialog).toContainText(/about [\d.]+ (s|min|h)/, { timeout: MEASURING_PATIENCE_MS })
  await dialog.getByRole('button', { name: /^Queue \d+ runs/ }).click()
  await expect(page.getByText(/^\d+ runs are queued\.$/)).toBeVisible()

  const baseline = page.getByRole('region', { name: /^Table I:/ })
  const adam = baseline.getByRole('button', { name: '1 run behind Adam', exact: true })
  await expect(adam).toBeVisible({ timeout: TRAINING_PATIENCE_MS })
  await adam.click()
  const link = baseline.getByRole('row', { name: /Read after epoch 3/ }).getByRole('link')
  await expect(link).toHaveAttribute('href', /^#\/runs\/\w{8}$/)
  await expect(baseline.getByRole('link', { name: 'Compare the runs of Adam', exact: true })).toHaveAttribute(
    'href',
    /^#\/compare\?runs=\w{8}$/,
  )
})

test('what was queued goes on after a restart, and what is there stays', async () => {
  test.setTimeout(TRAINING_PATIENCE_MS)
  await page.goto('about:blank')
  address = await workbench.restart()
  await page.goto(address)
  await goTo(page, 'Paper')
  await page.getByRole('button', { name: 'Use Sketches' }).click()
  const first = page.getByRole('region', { name: /^Table I:/ })
  await expect(first.getByRole('button', { name: '1 run behind Adam', exact: true })).toBeVisible()
  await expect(
    page.getByRole('button', { name: /^Nothing else is missing|^Nothing is missing|^Train/ }),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: /runs? on the way/ })).toBeVisible()
})
