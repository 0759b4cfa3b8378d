// The quality board on a part of Sketches with planted copies: looked through, marked by mouse and by keyboard, and a run
// that leaves the marked images out and says so.
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { writeQuartet } from '../main/datasets/small-dataset.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { openContract } from './contract-client.ts'
import { watchPage } from './watch-page.ts'
import { fillForm, queueRuns } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const PIXELS = 28 * 28
const COPIES = 5
/** Four networks are trained. */
const PATIENCE = { timeout: 480_000 }

let address: string
const workbench = useWorkbench()

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const { client, parent, ...opened } = await workbench.open()
  address = opened.address
  const images = await writeQuartet(join(parent, 'part'), takePart())
  await client.datasets.add({ folder: images, id: 'part', name: 'Part of Sketches' })
})

/** The first training image is the first test image too, and so on. */
function takePart() {
  const { train, test: held, height, width, channels } = generateSketches()
  const part = { train: takeFirst(train, 1000), test: takeFirst(held, 200) }
  part.test.pixels.set(part.train.pixels.subarray(0, COPIES * PIXELS))
  part.test.labels.set(part.train.labels.subarray(0, COPIES))
  return { height, width, channels, ...part }
}

function takeFirst({ pixels, labels }: LabelledImages, count: number): LabelledImages {
  return { count, pixels: pixels.slice(0, count * PIXELS), labels: labels.slice(0, count) }
}

async function openBoard(page: Page): Promise<void> {
  await page.goto(address)
  await page.evaluate("location.hash = '#/datasets/part'")
  await page.getByRole('link', { name: 'Quality board' }).click()
  await expect(page.getByRole('heading', { name: 'Quality of Part of Sketches' })).toBeVisible()
}

test('looks through the images in the background and names the leak', async ({ page }) => {
  test.setTimeout(600_000)
  const problems = await watchPage(page)
  await openBoard(page)
  await expectAccessible(page, 'an empty board')
  await page.getByRole('button', { name: 'Look through the images' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('progressbar', { name: 'Looking through the images' })).toBeVisible()
  await expect(page.getByRole('tab', { name: new RegExp(`${COPIES} in both splits`) })).toBeVisible(PATIENCE)
  await expectAccessible(page, 'a board with findings')
  await expectToFitSmallWindow(page, 'a board with findings')
  expect(problems).toEqual([])
})

test('is marked by keyboard alone, also after a reload, and undone', async ({ page }) => {
  const problems = await watchPage(page)
  const { keyboard } = page
  await openBoard(page)
  await page.getByRole('tab', { name: /Duplicates/ }).focus()
  await keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: /Likely label errors/ })).toBeFocused()
  await keyboard.press('ArrowLeft')
  const focused = "document.activeElement?.getAttribute('aria-label')"
  for (let stop = 0; stop < 20 && (await page.evaluate(focused)) !== 'Findings'; stop++)
    await keyboard.press('Tab')
  await expect(page.getByRole('grid', { name: 'Findings' })).toBeFocused()
  for (const key of ['ArrowDown', 'x', 'ArrowDown', 'x']) await keyboard.press(key)
  await expect(page.getByRole('button', { name: 'Marks: 2' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Marks: 2' })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Findings' })).toBeVisible() // the board's keys come with the board
  await keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Marks: 1' })).toBeVisible()
  await keyboard.press('Control+Shift+z')
  await expect(page.getByRole('button', { name: 'Marks: 2' })).toBeVisible()
  expect(problems).toEqual([])
})

test('opens a finding among the images by mouse, and its flag filters them', async ({ page }) => {
  const problems = await watchPage(page)
  await openBoard(page)
  await page.getByRole('link', { name: /^Open train 0,/ }).click()
  await expect(page.getByRole('region', { name: 'Image train 0' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.getByRole('button', { name: /^In both splits/ }).click()
  await expect(page.getByText(`${2 * COPIES} of 1,200 images`)).toBeVisible()
  expect(problems).toEqual([])
})

test('trains without the excluded images, and the run says which', async ({ page }) => {
  test.setTimeout(180_000)
  const problems = await watchPage(page)
  await page.goto(`${address}#/experiments`)
  await page.getByRole('link', { name: /^Experiments/ }).click()
  await fillForm(page, { dataset: 'Part of Sketches', model: 'Linear', texts: { Epochs: '1' } })
  const choice = page.getByRole('radiogroup', { name: 'Without excluded images' })
  await choice.getByRole('radio', { name: 'Yes' }).click()
  await expect(page.getByText(/2 to exclude/)).toBeVisible()
  await queueRuns(page, 1)
  const { client, close } = await openContract(address)
  const done = async () => (await client.runs.list({})).runs[0]
  await expect.poll(async () => (await done())?.status, { timeout: 120_000 }).toBe('completed')
  const run = await done()
  close()
  await page.evaluate(`location.hash = '#/runs/${run?.id ?? ''}'`)
  await expect(page.getByText(/Trained without 2 excluded/)).toBeVisible()
  await expect(page.getByText(new RegExp(`--marks ${run?.experiment.marks ?? ''}`))).toBeVisible()
  expect(problems).toEqual([])
})
