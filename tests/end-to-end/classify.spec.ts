// Photos, as a person brings them: one dropped, a folder of two hundred with two broken ones, one pasted; corrected by
// key, one taken back, exported, and judged by two runs. All of it without a request to anything but this machine.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import Papa from 'papaparse'
import type { Client } from '#shared/client.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { enlarge } from '../main/photos/enlarge.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { dropOnPage } from './drop-on-page.ts'
import { goTo } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const PHOTOS = 198
const BROKEN = 2
const TRAINED = { timeout: 120_000 }

let page: Page
let client: Client
let folder: string
let problems: readonly string[]
const requests: string[] = []
const workbench = useWorkbench()

const photos = () => page.getByRole('grid', { name: 'Photos' })
const rows = () => photos().getByRole('row')
const filter = (name: RegExp) => page.getByRole('radio', { name })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  const { parent, address, ...opened } = await workbench.open()
  client = opened.client
  folder = join(parent, 'autumn')
  await writePhotos(folder)
  ;({ page, problems } = await workbench.openPage(browser))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(address)
  await trainRuns()
})

test.afterEach(() => {
  expect(problems).toEqual([])
  expect(requests.filter((url) => !/^(https?|wss?):\/\/127\.0\.0\.1[:/]|^(blob|data):/.test(url))).toEqual([])
})

test('one photo is dropped, and answered with every step and what it rests on', async () => {
  await goTo(page, 'Classify')
  await expect(page.getByRole('heading', { name: /Drop photos or a folder here/ })).toBeVisible()
  await expectAccessible(page, 'the start of the Classify page')
  await dropOnPage(page, [join(folder, '000.jpg')])
  await expect(rows()).toHaveCount(1)
  const opened = page.getByRole('region', { name: 'Photo 000.jpg' })
  await expect(
    opened.getByRole('list', { name: 'From the photo to the input' }).getByRole('button'),
  ).toHaveCount(8)
  await expect(opened.getByRole('region', { name: 'Nearest training images' }).getByRole('link')).toHaveCount(
    5,
  )
  await opened.getByRole('button', { name: 'Show what it rests on' }).click()
  await expect(opened.getByRole('img', { name: /the parts marked/ })).toBeVisible()
})

test('a folder of two hundred is dropped; two broken files in it are told and stop nothing', async () => {
  await dropOnPage(page, [folder])
  await expect(page.getByRole('heading', { name: 'autumn', exact: true })).toBeVisible()
  await expect(page.getByText('done', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(filter(new RegExp(`^All ${PHOTOS + BROKEN}`))).toBeChecked()
  await filter(new RegExp(`^Refused ${BROKEN}`)).click()
  await expect(rows()).toHaveCount(BROKEN)
  await expect(rows().first()).toContainText('broken.jpg')
  await expect(rows().first()).toContainText('This file is text.')
  await expect(rows().last()).toContainText('This file is empty.')
  await filter(/^All/).click()
  await expectListed(PHOTOS + BROKEN)
})

test('three are corrected by key, one of them is taken back, and the results say so', async () => {
  await photos().focus()
  await page.keyboard.press('Home')
  for (const key of ['9', '1', '0']) {
    await page.keyboard.press(key)
    await page.keyboard.press('ArrowDown')
  }
  await expect(filter(/^By hand 3/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(filter(/^By hand 2/)).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Export' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'As CSV' }).click()),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  expect(data).toHaveLength(PHOTOS + BROKEN)
  expect(data.filter(({ status }) => status === 'refused')).toHaveLength(BROKEN)
  expect(
    data.flatMap(({ file, correctedLabel = '' }) => (correctedLabel === '' ? [] : [[file, correctedLabel]])),
  ).toEqual([
    ['autumn/000.jpg', 'Bag'],
    ['autumn/001.jpg', 'T-shirt/top'],
  ])
})

test('what is shown stands in the address: a reload brings it back, and Back the batch before', async () => {
  await page.getByPlaceholder('Search names').fill('01')
  await expectListed(12) // 001, 010 to 019, 101
  await rows().nth(2).click()
  const opened = page.getByRole('region', { name: 'Photo autumn/011.jpg' })
  await expect(opened).toBeVisible()
  await expect(page).toHaveURL(/search=01/)
  await expect(page).toHaveURL(/photo=11\b/)
  const shown = page.url()
  await page.reload()
  await expect(opened).toBeVisible()
  expect(page.url()).toBe(shown)
  await page.goBack()
  await expect(page.getByRole('region', { name: 'Photo 000.jpg' })).toBeVisible()
  await page.goForward()
  await expect(page.getByPlaceholder('Search names')).toHaveValue('01')
})

test('a picture is pasted, and two runs are asked about it side by side', async () => {
  await page.evaluate(`new Promise((done) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 })
    const context = canvas.getContext('2d')
    context.fillStyle = '#eee'
    context.fillRect(0, 0, 200, 200)
    context.fillStyle = '#225'
    context.fillRect(70, 20, 60, 160)
    canvas.toBlob((blob) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      done(true)
    })
  })`)
  await expect(page.getByRole('heading', { name: 'pasted.png' }).first()).toBeVisible()
  await expect(page.getByText('done', { exact: true })).toBeVisible()
  await page.getByLabel('Second run').click()
  await page.getByRole('option', { name: 'Hardly trained' }).click()
  await expect(page.getByRole('region', { name: /^Answer of / })).toHaveCount(2)
  const said = await page
    .getByRole('region', { name: /^Answer of / })
    .locator('ol li:first-child .name')
    .allTextContents()
  await expect(page.getByText(/The runs disagree/)).toHaveCount(said[0] === said[1] ? 0 : 1)
})

test('no serious fault for axe, light or dark, and nothing wider than the smallest window', async () => {
  test.setTimeout(180_000)
  await expectAccessible(page, 'a photo with two runs')
  await expectToFitSmallWindow(page, 'a photo with two runs')
  await page.getByRole('link', { name: 'All batches' }).click()
  await page.getByRole('link', { name: /^autumn/ }).click()
  await filter(/^Refused/).click()
  await expect(page.getByText('It could not be read')).toBeVisible()
  await expectAccessible(page, 'a batch with a refused photo')
  await expectToFitSmallWindow(page, 'a batch with a refused photo')
})

/** Until the list is that of the filter: rows of the one before stand there until then. */
async function expectListed(count: number): Promise<void> {
  await expect(photos()).toHaveAttribute('aria-rowcount', String(count))
}

/** Pictures of Sketches as photos, and two files that only look like some. */
async function writePhotos(into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  const { test: pictures } = generateSketches()
  for (let index = 0; index < PHOTOS; index++) {
    const name = `${String(index).padStart(3, '0')}.jpg`
    await writeFile(join(into, name), await enlarge(pictures, index, 96, 'jpeg'))
  }
  await writeFile(join(into, 'broken.jpg'), 'not a photo')
  await writeFile(join(into, 'empty.png'), '')
}

/** One that has learned something, and one that has not; the first is the newest and so the usual choice. */
async function trainRuns(): Promise<void> {
  const settings = { dataset: 'sketches', model: { name: 'mlp' }, epochs: 2 } as const
  const requests = [
    { name: 'Hardly trained', trainImages: 200 },
    { name: 'Well trained', trainImages: 2000 },
  ].map(({ name, trainImages }) => {
    const optimizer = { name: 'adam' } as const
    const experiment = completeExperiment(
      { ...settings, optimizer, trainImages, learningRate: 0.003 },
      10_000,
    )
    return { name, experiment, directory: null, tags: [] }
  })
  const { runIds } = await client.queue.add({ requests, engine: 'simd' })
  const last = { runId: runIds[1] ?? '' }
  await expect.poll(async () => (await client.runs.read(last)).status, TRAINED).toBe('completed')
}
