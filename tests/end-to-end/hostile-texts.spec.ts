// A8: forty hostile texts as names, notes and tags of runs, and as names of datasets and classes. None runs, none makes
// the security policy report anything, none asks anything of another host, and each is shown letter by letter.
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { HOSTILE_TEXTS } from './hostile-texts.ts'
import { writeSmallDataset } from './small-dataset.ts'
import { watchPage } from './watch-page.ts'
import { goTo, openPalette, rowsOfEpochs } from './workbench-actions.ts'
import { useWorkbench } from './use-workbench.ts'

const DATASET = 'hostile'
const MOST_LETTERS_OF_A_TAG = 50
const COMPLETION = { timeout: 60_000 }

test.skip(findChromium() === null, NO_CHROMIUM)

let address: string
let runIds: readonly string[]
const workbench = useWorkbench()

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const { client, parent, ...opened } = await workbench.open()
  address = opened.address
  const images = join(parent, 'images')
  await writeSmallDataset(images, HOSTILE_TEXTS.slice(0, 10))
  await client.datasets.add({ folder: images, id: DATASET, name: HOSTILE_TEXTS[8] ?? '' })
  const experiment = completeExperiment(
    { dataset: DATASET, model: { name: 'linear' }, epochs: 1, validationImages: 50 },
    400,
  )
  const requests = HOSTILE_TEXTS.map((text) => ({
    ...{ name: text, experiment, directory: null },
    tags: [text.slice(0, MOST_LETTERS_OF_A_TAG)],
  }))
  // The first is trained, so that figures and curves are there; the others wait.
  const trained = await client.queue.add({ requests: requests.slice(0, 1), engine: 'simd' })
  const [first = ''] = trained.runIds
  await expect
    .poll(async () => (await client.runs.read({ runId: first })).status, COMPLETION)
    .toBe('completed')
  await client.queue.hold({})
  const waiting = await client.queue.add({ requests: requests.slice(1), engine: 'simd' })
  runIds = [first, ...waiting.runIds]
  for (const [index, runId] of runIds.entries())
    await client.runs.annotate({ runId, changes: { notes: HOSTILE_TEXTS[index] ?? '' } })
})

test('none of forty hostile texts runs or leaves the machine, and each is shown as it is', async ({
  page,
}) => {
  test.setTimeout(180_000)
  expect(HOSTILE_TEXTS).toHaveLength(40)
  const problems = await watchForHarm(page)
  await page.goto(address)
  await goTo(page, 'Runs')
  for (const [index, runId] of runIds.entries()) {
    const text = HOSTILE_TEXTS[index] ?? ''
    // Within the page, as a link does.
    await page.evaluate(`location.hash = '#/runs/${runId}'`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text, { useInnerText: true })
    await expect(page.locator('main p.notes')).toHaveText(text, { useInnerText: true })
  }
  await page.evaluate(`location.hash = '#/runs/${runIds[0] ?? ''}'`)
  await expect(rowsOfEpochs(page)).toHaveCount(1)
  await expect(page.getByRole('table', { name: /^Test images/ }).getByRole('rowheader')).toHaveText(
    HOSTILE_TEXTS.slice(0, 10),
  )
  await goTo(page, 'Datasets')
  await expect(page.getByRole('article', { name: HOSTILE_TEXTS[8] ?? '', exact: true })).toBeVisible()
  await goTo(page, 'Experiments')
  await expect(page.getByRole('region', { name: 'Queue' }).getByRole('listitem').first()).toBeVisible()
  await openPalette(page)
  await page.keyboard.type('<svg>')
  for (const action of ['Runs', 'Compare'])
    await expect(page.getByRole('option', { name: `${action} <svg><script>harm()` })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(problems).toEqual([])
  expect(await page.evaluate('[globalThis.harmed ?? false, document.scripts.length]')).toEqual([false, 1])
})

/** Everything of `watchPage`, what calls `harm()`, every dialog, and every request to another host. */
async function watchForHarm(page: Page): Promise<readonly string[]> {
  const problems = await watchPage(page)
  await page.addInitScript('globalThis.harm = () => { globalThis.harmed = true; console.error("harm") }')
  page.on('dialog', (dialog) => void (problems.push(dialog.message()), dialog.dismiss()))
  const { host } = new URL(address)
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.host !== host) problems.push(request.url())
  })
  return problems
}
